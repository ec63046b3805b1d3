#include "src/layers/residual.h"

namespace handgrad {

void residual_forward(const Matrix& h, const Matrix& x, Matrix& r) {
  check_shape("residual_forward", "h", h, "x", x, h.rows, h.cols);
  add(h, x, r);
}

void residual_backward(const Matrix& grad_r, Matrix& grad_h, Matrix& grad_skip) {
  // r = h + x
  // ∂loss/∂h = grad_r — section 3 (4), grad.h_2
  grad_h.resize(grad_r.rows, grad_r.cols);
  for (int k = 0; k < grad_r.size(); ++k) grad_h[k] = grad_r[k];

  // ∂loss/∂x past the layer = grad_r — section 3 (4), grad.r_1, second summand
  grad_skip.resize(grad_r.rows, grad_r.cols);
  for (int k = 0; k < grad_r.size(); ++k) grad_skip[k] = grad_r[k];
}

}  // namespace handgrad
