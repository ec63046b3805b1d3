#include "src/layers/concat.h"

namespace handgrad {

void concat_forward(const Matrix& x, const Matrix& h, Matrix& r) {
  check_shape("concat_forward", "x", x, "h", h, x.rows, any);
  check_distinct("concat_forward", "r", r, "x", x);
  check_distinct("concat_forward", "r", r, "h", h);
  r.resize(x.rows, x.cols + h.cols);
  for (int i = 0; i < r.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) r(i, j) = x(i, j);
    for (int j = 0; j < h.cols; ++j) r(i, x.cols + j) = h(i, j);
  }
}

void concat_backward(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h) {
  check_shape("concat_backward", "x", x, "h", h, x.rows, any);
  check_shape("concat_backward", "x", x, "grad_r", grad_r, x.rows, x.cols + h.cols);
  check_distinct("concat_backward", "grad_x", grad_x, "grad_r", grad_r);
  // r_ij = x_ij for j < p
  // ∂loss/∂x_ij = grad_r_ij — lesson 4's handout
  grad_x.resize(x.rows, x.cols);
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_x(i, j) = grad_r(i, j);
  }

  // r_i,(p + j) = h_ij
  // ∂loss/∂h_ij = grad_r_i,(p + j) — lesson 4's handout
  grad_h.resize(h.rows, h.cols);
  for (int i = 0; i < h.rows; ++i) {
    for (int j = 0; j < h.cols; ++j) grad_h(i, j) = grad_r(i, x.cols + j);
  }
}

}  // namespace handgrad
