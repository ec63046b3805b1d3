#include "src/training/adam.h"

#include <cmath>
#include <limits>

namespace handgrad {

namespace {

// Below the smallest normal number a processor can be several times slower, and vanishing gradients lead m and v
// there. The step does not feel the difference: m is divided by at least epsilon, and v is added to it.
Real normal_or_zero(Real x) {
  return std::abs(x) < std::numeric_limits<Real>::min() ? 0 : x;
}

}  // namespace

void adam_update(const Matrix& grad_w, int t, double lr, double beta1, double beta2, double epsilon, Matrix& m,
                 Matrix& v, Matrix& w) {
  check_shape("adam_update", "w", w, "grad_w", grad_w, w.rows, w.cols);
  check_shape("adam_update", "w", w, "m", m, w.rows, w.cols);
  check_shape("adam_update", "w", w, "v", v, w.rows, w.cols);

  // m and v begin at 0 and are too small in the first steps; sqrt(1 - beta2^t) / (1 - beta1^t) makes up for
  // it. In double, since 1 - 0.999 loses three digits in float.
  const Real corrected_lr = static_cast<Real>(lr * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t)));
  const Real keep_m = static_cast<Real>(beta1), add_m = static_cast<Real>(1 - beta1);
  const Real keep_v = static_cast<Real>(beta2), add_v = static_cast<Real>(1 - beta2);
  const Real eps = static_cast<Real>(epsilon);
  for (int k = 0; k < w.size(); ++k) {
    m[k] = normal_or_zero(keep_m * m[k] + add_m * grad_w[k]);
    v[k] = normal_or_zero(keep_v * v[k] + add_v * grad_w[k] * grad_w[k]);
    w[k] = w[k] - corrected_lr * m[k] / (std::sqrt(v[k]) + eps);
  }
}

}  // namespace handgrad
