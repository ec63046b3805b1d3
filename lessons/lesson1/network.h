#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson1 {

// The lecture's section 1: a multilayer perceptron, fully connected layers with a ReLU behind each but the
// last, which has a softmax. Its sizes are in `widths`: {4, 10, 10, 10, 3} is the lecture's network of 4
// layers.
//
// All arrays count from 1, as the lecture does: layer i computes l[i] = h[i-1] W[i] + b[i] and h[i] =
// ReLU(l[i]), and h[0] is the input x.
struct Mlp : Network {
  std::vector<Matrix> W, b, l, h;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h;

  explicit Mlp(const std::vector<int>& widths);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_h[0]; }
};

}  // namespace handgrad::lesson1
