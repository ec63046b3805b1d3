#include "src/layers/log_loss.h"

#include <cmath>

namespace handgrad {

Real log_loss_forward(const Matrix& o, const Matrix& y) {
  check_shape("log_loss_forward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("log_loss_forward", "o", o);
  Real sum = 0;
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < o.cols; ++j) {
      if (y(i, j) != 0) sum += y(i, j) * std::log(o(i, j) + log_loss_epsilon);  // a logarithm costs more than a test
    }
  }
  return -sum / static_cast<Real>(o.size());
}

void log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  check_shape("log_loss_backward", "o", o, "y", y, o.rows, o.cols);
  check_not_empty("log_loss_backward", "o", o);
  grad_o.resize(o.rows, o.cols);
  const Real entries = static_cast<Real>(o.size());
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < o.cols; ++j) {
      // loss = - 1/(n × classes) Σ y log(o + ε)
      // ∂loss/∂o = - 1/(n × classes) y / (o + ε) — section 2 (1), grad.o
      grad_o(i, j) = -y(i, j) / (o(i, j) + log_loss_epsilon) / entries;
    }
  }
}

}  // namespace handgrad
