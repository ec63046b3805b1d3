#include "src/layers/leaky_relu.h"

namespace handgrad {

void leaky_relu_forward(const Matrix& l, Real slope, Matrix& h) {
  h.resize(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) h[k] = l[k] > 0 ? l[k] : slope * l[k];
}

void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  check_shape("leaky_relu_backward", "l", l, "grad_h", grad_h, l.rows, l.cols);
  grad_l.resize(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) {
    // h = l where l > 0, else α l
    // ∂loss/∂l = grad_h ⊗ (1 where l > 0, else α) — section 5 (1)
    grad_l[k] = grad_h[k] * (l[k] > 0 ? Real(1) : slope);
  }
}

}  // namespace handgrad
