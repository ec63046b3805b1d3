#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson2 {

// The lecture's section 2: lesson 1's multilayer perceptron with a batch norm between every fully connected layer and
// its ReLU. Its sizes are in `widths`: {4, 10, …, 10, 3}.
//
// All arrays count from 1: layer i computes l[i] = h[i-1] W[i] + b[i], y[i] = BatchNorm(l[i]) and h[i] = ReLU(y[i]);
// h[0] is the input x. The last layer has neither batch norm nor ReLU, but the softmax.
struct BatchNormMlp : Network {
  std::vector<Matrix> W, b, l, h;
  std::vector<Matrix> gamma, beta, moving_mean, moving_var, mean, var, l_hat, y;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h;
  std::vector<Matrix> grad_gamma, grad_beta, grad_l_hat, grad_var, grad_mean, grad_y;
  bool fix_gamma;

  // With fix_gamma gamma stays 1, as in the lecture's runs.
  explicit BatchNormMlp(const std::vector<int>& widths, bool fix_gamma_at_1 = true);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_h[0]; }
};

}  // namespace handgrad::lesson2
