#include "src/layers/relu.h"

#include <algorithm>

namespace handgrad {

void relu_forward(const Matrix& l, Matrix& h) {
  h.resize(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) h[k] = std::max(l[k], Real(0));
}

void relu_backward(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  check_shape("relu_backward", "l", l, "grad_h", grad_h, l.rows, l.cols);
  grad_l.resize(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) {
    // h = max(l, 0)
    // ∂loss/∂l = grad_h ⊗ (1 where l > 0, else 0) — section 2 (1), grad.l_1
    grad_l[k] = grad_h[k] * (l[k] > 0 ? Real(1) : Real(0));
  }
}

}  // namespace handgrad
