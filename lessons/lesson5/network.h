#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson5 {

// The lecture's section 5: lesson 1's multilayer perceptron with LeakyReLU in place of ReLU. Its sizes are in `widths`:
// {4, 10, 10, 3} is the lecture's network; its slope α is 0.25, and a slope of 0 makes every LeakyReLU a ReLU.
//
// All arrays count from 1: layer i computes l[i] = h[i-1] W[i] + b[i] and h[i] = LeakyReLU(l[i], α); h[0] is the input
// x.
struct LeakyMlp : Network {
  Real slope;
  std::vector<Matrix> W, b, l, h;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h;

  LeakyMlp(const std::vector<int>& widths, Real alpha);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_h[0]; }
};

}  // namespace handgrad::lesson5
