#include "src/training/adam.h"

#include <cmath>
#include <limits>

namespace handgrad {

namespace {

// Processors are several times slower with subnormal numbers (below 1.2e-38 in float). Vanishing gradients lead there:
// first their squares, then the decaying moments. Flushing both to 0 moves a step by less than lr · 1e-9: m is divided
// by at least epsilon, and sqrt(v) is added to it.
Real without_tiny(Real grad) {
  constexpr Real tiny = Real(1e-17);  // its square by 1 - beta2 is still a normal number
  return std::abs(grad) < tiny ? 0 : grad;
}
Real normal_or_zero(Real moment) {
  return std::abs(moment) < std::numeric_limits<Real>::min() ? 0 : moment;
}

}  // namespace

double adam_corrected_lr(int t, double lr, double beta1, double beta2) {
  return lr * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
}

void adam_update(const Matrix& grad_w, double corrected_lr, double beta1, double beta2, double epsilon, Matrix& m,
                 Matrix& v, Matrix& w) {
  check_shape("adam_update", "w", w, "grad_w", grad_w, w.rows, w.cols);
  check_shape("adam_update", "w", w, "m", m, w.rows, w.cols);
  check_shape("adam_update", "w", w, "v", v, w.rows, w.cols);

  // What is the same for all elements is computed in double, since 1 - 0.999 loses three digits in float.
  const Real rate = static_cast<Real>(corrected_lr);
  const Real keep_m = static_cast<Real>(beta1), add_m = static_cast<Real>(1 - beta1);
  const Real keep_v = static_cast<Real>(beta2), add_v = static_cast<Real>(1 - beta2);
  const Real eps = static_cast<Real>(epsilon);
  for (int k = 0; k < w.size(); ++k) {
    const Real g = without_tiny(grad_w[k]);
    m[k] = normal_or_zero(keep_m * m[k] + add_m * g);
    v[k] = normal_or_zero(keep_v * v[k] + add_v * g * g);
    w[k] = w[k] - rate * m[k] / (std::sqrt(v[k]) + eps);
  }
}

}  // namespace handgrad
