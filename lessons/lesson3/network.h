#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson3 {

// The lecture's section 3: a multilayer perceptron in which a sum leads past every hidden layer from the second on. Its
// sizes are in `widths`: {4, 10, 10, …, 10, 3}; all hidden layers have one width, or the sums could not be formed.
//
// All arrays count from 1: hidden layer i computes l[i] = r[i-1] W[i] + b[i], h[i] = ReLU(l[i]) and
// r[i] = h[i] + r[i-1]. The input has another width than the first hidden layer, so there r[1] = h[1], as the lecture
// does; r[0] is the input x.
struct ResidualMlp : Network {
  std::vector<Matrix> W, b, l, h, r;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h, grad_r, grad_skip;

  explicit ResidualMlp(const std::vector<int>& widths);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
};

}  // namespace handgrad::lesson3
