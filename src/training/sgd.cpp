#include "src/training/sgd.h"

namespace handgrad {

void sgd_update(const Matrix& grad_w, double lr, double momentum, Matrix& m, Matrix& w) {
  check_shape("sgd_update", "w", w, "grad_w", grad_w, w.rows, w.cols);
  check_shape("sgd_update", "w", w, "m", m, w.rows, w.cols);
  const Real keep = static_cast<Real>(momentum), rate = static_cast<Real>(lr);
  for (int k = 0; k < w.size(); ++k) {
    m[k] = keep * m[k] - rate * grad_w[k];
    w[k] = w[k] + m[k];
  }
}

}  // namespace handgrad
