#pragma once

#include <cstddef>
#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson3 {

// The lecture's section 3: a multilayer perceptron in which a sum leads past every hidden layer that keeps the width.
// Its sizes are in `widths`. {4, 10, 10, …, 10, 3} has no sum at layer 1, as in the lecture's code; {4, 4, …, 4, 3} has
// one, as in its formulas.
//
// All arrays count from 1, and r[0] is the input x. Hidden layer i computes l[i] = r[i-1] W[i] + b[i],
// h[i] = ReLU(l[i]), and r[i] = h[i] + r[i-1], or r[i] = h[i] without a sum.
struct ResidualMlp : Network {
  std::vector<Matrix> W, b, l, h, r;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h, grad_r, grad_skip;

  explicit ResidualMlp(const std::vector<int>& widths);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  // Afterwards grad_r[0] is the lecture's grad.x, if wants_grad_x.
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_r[0]; }
  // Whether h[i] and r[i-1] have one width. Section 3 (3): where the width changes, the sum is given up.
  bool has_sum(std::size_t i) const { return W[i].rows == W[i].cols; }
};

}  // namespace handgrad::lesson3
