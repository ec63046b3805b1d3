#include "src/training/sgd.h"

namespace handgrad {

void sgd_update(const Matrix& grad_w, double lr, double momentum, Matrix& m, Matrix& w) {
  check_shape("sgd_update", "w", w, "grad_w", grad_w, w.rows, w.cols);
  check_shape("sgd_update", "w", w, "m", m, w.rows, w.cols);
  const Real keep = static_cast<Real>(momentum), rate = static_cast<Real>(lr);
  for (int i = 0; i < w.rows; ++i) {
    for (int j = 0; j < w.cols; ++j) {
      m(i, j) = keep * m(i, j) - rate * grad_w(i, j);
      w(i, j) = w(i, j) + m(i, j);
    }
  }
}

}  // namespace handgrad
