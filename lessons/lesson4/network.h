#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson4 {

// The lecture's section 4: a multilayer perceptron in which every hidden layer from the third on is given the outputs
// of all hidden layers before it, side by side. `widths` are the sizes of what the layers compute:
// {4, 3, 4, 5, 6, 7, 8, 3} is the lecture's network.
//
// All arrays count from 1: hidden layer i computes l[i] = r[i-1] W[i] + b[i], h[i] = ReLU(l[i]) and
// r[i] = r[i-1] || h[i], but r[1] = h[1]; r[0] is the input x. So r[i] has widths[1] + … + widths[i] columns.
struct DenseMlp : Network {
  std::vector<Matrix> W, b, l, h, r;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h, grad_r, grad_skip;

  explicit DenseMlp(const std::vector<int>& widths);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_r[0]; }
};

}  // namespace handgrad::lesson4
