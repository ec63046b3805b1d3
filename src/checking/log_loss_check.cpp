#include <cmath>

#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

constexpr Real epsilon = Real(1e-8);  // the lecture's

// -1/(n × classes) Σ y log(o + ε)
Real log_loss_formula(const Matrix& o, const Matrix& y) {
  Real sum = 0;
  for (int k = 0; k < o.size(); ++k) sum += y[k] * std::log(o[k] + epsilon);
  return -sum / o.size();
}

// Probabilities, small ones too, where the ε inside the logarithm can be told from none; at a kink some are 0, far from
// it they are near 1e-6.
Matrix probabilities_of(const Case& c) {
  Matrix o = input_of(c, c.n, c.p, 1);
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < o.cols; ++j) {
      o(i, j) = std::abs(o(i, j)) * (j == 0 ? Real(1e-3) : 1) * (c.kind == Case::Kind::far ? Real(2e-8) : 1);
    }
  }
  return o;
}

Hints log_loss_hints(const Matrix& o, const Matrix& y) {
  Matrix without_epsilon = o, without_mean = o, over_n = o, without_y = o;
  for (int k = 0; k < o.size(); ++k) {
    without_epsilon[k] = -y[k] / o[k] / o.size();
    without_mean[k] = -y[k] / (o[k] + epsilon);
    over_n[k] = without_mean[k] / o.rows;
    without_y[k] = -1 / (o[k] + epsilon) / o.size();
  }
  return {{},
          {{"ε is forgotten: yours is -y / o / (n × classes)", without_epsilon},
           {"the mean is forgotten: yours lacks the factor 1/(n × classes)", without_mean},
           {"the mean is over n × classes entries: yours divides by n alone", over_n},
           {"y is forgotten", without_y}}};
}

}  // namespace

void check_log_loss(CheckReport& report, decltype(&log_loss_backward) function, const File& file) {
  const Equation grad_o_equation{"log_loss", "grad_o", "2 (1)", "log_loss_backward", file, "∂loss/∂o"};
  const Matrix one{{1}};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix o = probabilities_of(c), grad_o;
    const Matrix y = gradient_of(c, c.n, c.p, 2);
    judge.judge({"log_loss",
                 [&](Matrix& out) { out = Matrix{{log_loss_forward(o, y)}}; },
                 [&](Matrix& out) { out = Matrix{{log_loss_formula(o, y)}}; },
                 one,
                 [&] { function(o, y, grad_o); },
                 {&o, &y},
                 {{grad_o_equation, grad_o, o, [&] { return log_loss_hints(o, y); }}}});
  });
}

}  // namespace handgrad
