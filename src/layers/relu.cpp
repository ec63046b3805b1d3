#include "src/layers/relu.h"

#include <algorithm>

namespace handgrad {

void relu_forward(const Matrix& l, Matrix& h) {
  h.resize(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) h(i, j) = std::max(l(i, j), Real(0));
  }
}

void relu_backward(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  check_shape("relu_backward", "l", l, "grad_h", grad_h, l.rows, l.cols);
  grad_l.resize(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) {
      // h = max(l, 0)
      // ∂loss/∂l = grad_h ⊗ (1 where l > 0, else 0) — section 2 (1), grad.l_1
      grad_l(i, j) = l(i, j) > 0 ? grad_h(i, j) : 0;
    }
  }
}

}  // namespace handgrad
