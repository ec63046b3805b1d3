#include "src/training/adam.h"

#include <cmath>

namespace handgrad {

void adam_update(const Matrix& grad_w, int t, Real lr, Real beta1, Real beta2, Real epsilon, Matrix& m,
                 Matrix& v, Matrix& w) {
  check_shape("adam_update", "w", w, "grad_w", grad_w, w.rows, w.cols);
  check_shape("adam_update", "w", w, "m", m, w.rows, w.cols);
  check_shape("adam_update", "w", w, "v", v, w.rows, w.cols);

  // m and v begin at 0 and are too small in the first steps; this makes up for it. In double, since 1 -
  // 0.999^t has few digits in float.
  const Real corrected_lr =
      static_cast<Real>(static_cast<double>(lr) * std::sqrt(1 - std::pow(static_cast<double>(beta2), t)) /
                        (1 - std::pow(static_cast<double>(beta1), t)));
  for (int i = 0; i < w.rows; ++i) {
    for (int j = 0; j < w.cols; ++j) {
      m(i, j) = beta1 * m(i, j) + (1 - beta1) * grad_w(i, j);
      v(i, j) = beta2 * v(i, j) + (1 - beta2) * grad_w(i, j) * grad_w(i, j);
      w(i, j) = w(i, j) - corrected_lr * m(i, j) / (std::sqrt(v(i, j)) + epsilon);
    }
  }
}

}  // namespace handgrad
