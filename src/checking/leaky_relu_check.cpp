#include "src/checking/activation_check.h"
#include "src/checking/checks.h"

namespace handgrad {

void check_leaky_relu(CheckReport& report, decltype(&leaky_relu_backward) function, const File& file) {
  for (const double slope : {0.25, 0.01, 0.0, 2.0, -0.5}) {
    const Real alpha = static_cast<Real>(slope);
    const auto forward = [=](const Matrix& l, Matrix& h) { leaky_relu_forward(l, alpha, h); };
    const auto backward = [=](const Matrix& l, const Matrix&, const Matrix& grad_h, Matrix& grad_l) {
      Matrix h;
      leaky_relu_forward(l, alpha + 1, h);  // another slope, which must play no part
      function(l, alpha, grad_h, grad_l);
    };
    Activation leaky{"leaky_relu", "5 (1)", forward, [](Real l, Real a) { return l > 0 ? l : a * l; },
                     backward,     file,    alpha};
    leaky.hints = [=](const Matrix& l, const Matrix&, const Matrix& r) {
      const Matrix none(l.rows, l.cols);
      Matrix scaled = r, quarter = r;
      for (Real& value : scaled.values) value *= alpha;
      for (Real& value : quarter.values) value *= Real(0.25);
      return Hints{
          {},
          {{"whether a unit is on is forgotten: yours is grad_h everywhere", r},
           {"on and off are exchanged: yours is α grad_h where l > 0", chosen(l, scaled, r)},
           {"nothing passes a unit that is off: the slope is forgotten", chosen(l, r, none)},
           {"where a unit is off, yours is α in place of α grad_h", chosen(l, r, Matrix(l.rows, l.cols, alpha))},
           {"the slope is 0.25 whatever α is", chosen(l, r, quarter)}}};
    };
    check_activation(report, leaky);
  }
}

}  // namespace handgrad
