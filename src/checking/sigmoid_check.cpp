#include <cmath>

#include "src/checking/activation_check.h"
#include "src/checking/checks.h"

namespace handgrad {

namespace {

Real logistic(Real l, Real) {
  return 1 / (1 + std::exp(-l));
}

Hints sigmoid_hints(const Matrix& l, const Matrix& h, const Matrix& r) {
  Matrix without_1_h(l.rows, l.cols), without_h = without_1_h, of_l = without_1_h, twice = without_1_h,
                                      without_r = without_1_h;
  for (int k = 0; k < l.size(); ++k) {
    const Real again = logistic(h[k], 0);
    without_1_h[k] = r[k] * h[k];
    without_h[k] = r[k] * (1 - h[k]);
    of_l[k] = r[k] * l[k] * (1 - l[k]);
    twice[k] = r[k] * again * (1 - again);
    without_r[k] = h[k] * (1 - h[k]);
  }
  return {{},
          {{"the factor 1 - h is forgotten: yours is grad_h h", without_1_h},
           {"the factor h is forgotten: yours is grad_h (1 - h)", without_h},
           {"the derivative is forgotten: yours is grad_h", r},
           {"the chain factor grad_h is forgotten: yours is h (1 - h)", without_r},
           {"l stands where h should: yours is grad_h l (1 - l)", of_l},
           {"the sigmoid is taken of h, which is one already", twice}}};
}

}  // namespace

void check_sigmoid(CheckReport& report, decltype(&sigmoid_backward) function, const File& file) {
  const auto backward = [=](const Matrix&, const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
    function(h, grad_h, grad_l);
  };
  check_activation(report, {"sigmoid", "6 (3)", sigmoid_forward, logistic, backward, file, 0, sigmoid_hints});
}

}  // namespace handgrad
