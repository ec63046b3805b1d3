#include "src/layers/sigmoid.h"

#include <cmath>

namespace handgrad {

void sigmoid_forward(const Matrix& l, Matrix& h) {
  h.resize(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) h[k] = 1 / (1 + std::exp(-l[k]));
}

void sigmoid_backward(const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
  check_shape("sigmoid_backward", "h", h, "grad_h", grad_h, h.rows, h.cols);
  grad_l.resize(h.rows, h.cols);
  for (int k = 0; k < h.size(); ++k) {
    // h = 1 / (1 + exp(-l)), so ∂h/∂l = exp(-l) / (1 + exp(-l))² = h (1 - h), as exp(-l) / (1 + exp(-l)) is 1 - h
    // ∂loss/∂l = grad_h ⊗ h ⊗ (1 - h) — lesson 6's handout
    grad_l[k] = grad_h[k] * h[k] * (1 - h[k]);
  }
}

}  // namespace handgrad
