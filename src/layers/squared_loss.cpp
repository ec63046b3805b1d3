#include "src/layers/squared_loss.h"

namespace handgrad {

Real squared_loss_forward(const Matrix& o, const Matrix& y) {
  check_shape("squared_loss_forward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("squared_loss_forward", "o", o);
  Real sum = 0;
  for (int k = 0; k < o.size(); ++k) sum += (o[k] - y[k]) * (o[k] - y[k]);
  return sum / static_cast<Real>(o.size());
}

void squared_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  check_shape("squared_loss_backward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("squared_loss_backward", "o", o);
  grad_o.resize(o.rows, o.cols);
  const Real entries = static_cast<Real>(o.size());
  for (int k = 0; k < o.size(); ++k) {
    // loss = 1/(n × classes) Σ (o - y)²
    // ∂loss/∂o = 2 (o - y) / (n × classes) — lesson 6's handout
    grad_o[k] = 2 * (o[k] - y[k]) / entries;
  }
}

}  // namespace handgrad
