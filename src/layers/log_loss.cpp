#include "src/layers/log_loss.h"

#include <cmath>

namespace handgrad {

Real log_loss_forward(const Matrix& o, const Matrix& y) {
  check_shape("log_loss_forward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("log_loss_forward", "o", o);
  Real sum = 0;
  for (int k = 0; k < o.size(); ++k) {
    if (y[k] != 0) sum += y[k] * std::log(o[k] + log_loss_epsilon);  // a logarithm costs more than a test
  }
  return -sum / static_cast<Real>(o.size());
}

void log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  check_shape("log_loss_backward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("log_loss_backward", "o", o);
  grad_o.resize(o.rows, o.cols);
  const Real entries = static_cast<Real>(o.size());
  for (int k = 0; k < o.size(); ++k) {
    // loss = - 1/(n × classes) Σ y log(o + ε)
    // ∂loss/∂o = - 1/(n × classes) y / (o + ε) — section 2 (1), grad.o
    grad_o[k] = -y[k] / (o[k] + log_loss_epsilon) / entries;
  }
}

}  // namespace handgrad
