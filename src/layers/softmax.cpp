#include "src/layers/softmax.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace handgrad {

void softmax_forward(const Matrix& l, Matrix& o) {
  o.resize(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    Real largest = std::numeric_limits<Real>::lowest();
    for (int j = 0; j < l.cols; ++j) largest = std::max(largest, l(i, j));

    Real sum = 0;
    for (int j = 0; j < l.cols; ++j) {
      o(i, j) = std::exp(l(i, j) - largest);
      sum += o(i, j);
    }
    for (int j = 0; j < l.cols; ++j) o(i, j) /= sum;
  }
}

void softmax_backward(const Matrix& o, const Matrix& grad_o, Matrix& grad_l) {
  check_shape("softmax_backward", "o", o, "grad_o", grad_o, o.rows, o.cols);
  grad_l.resize(o.rows, o.cols);
  for (int i = 0; i < o.rows; ++i) {
    // o_j = exp(l_j) / Σ_k exp(l_k), so ∂o_k/∂l_j = o_k (1 - o_j) if k = j, else -o_k o_j
    // ∂loss/∂l_j = Σ_k grad_o_k ∂o_k/∂l_j = o_j (grad_o_j - Σ_k grad_o_k o_k) — section 2 (1), grad.l_2
    Real mean_grad = 0;
    for (int k = 0; k < o.cols; ++k) mean_grad += grad_o(i, k) * o(i, k);
    for (int j = 0; j < o.cols; ++j) grad_l(i, j) = o(i, j) * (grad_o(i, j) - mean_grad);
  }
}

}  // namespace handgrad
