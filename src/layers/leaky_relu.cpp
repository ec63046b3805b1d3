#include "src/layers/leaky_relu.h"

namespace handgrad {

void leaky_relu_forward(const Matrix& l, Real slope, Matrix& h) {
  h.resize(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) h(i, j) = l(i, j) > 0 ? l(i, j) : slope * l(i, j);
  }
}

void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  check_shape("leaky_relu_backward", "l", l, "grad_h", grad_h, l.rows, l.cols);
  grad_l.resize(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) {
      // h = l where l > 0, else α l
      // ∂loss/∂l = grad_h ⊗ (1 where l > 0, else α) — section 5 (1)
      grad_l(i, j) = l(i, j) > 0 ? grad_h(i, j) : slope * grad_h(i, j);
    }
  }
}

}  // namespace handgrad
