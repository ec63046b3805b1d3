#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

// 1/(n × classes) Σ (o - y)²
Real squared_loss_formula(const Matrix& o, const Matrix& y) {
  Real sum = 0;
  for (int k = 0; k < o.size(); ++k) sum += (o[k] - y[k]) * (o[k] - y[k]);
  return sum / o.size();
}

Hints squared_loss_hints(const Matrix& o, const Matrix& y) {
  Matrix of_o = o, of_y = y, over_n = o;
  for (int k = 0; k < o.size(); ++k) {
    of_o[k] *= Real(2) / o.size();
    of_y[k] *= -Real(2) / o.size();
    over_n[k] = 2 * (o[k] - y[k]) / o.rows;
  }
  return {{{"the term with o", of_o}, {"the term with y", of_y}},
          {{"the mean is over n × classes entries: yours divides by n alone", over_n}}};
}

}  // namespace

void check_squared_loss(CheckReport& report, decltype(&squared_loss_backward) function, const File& file) {
  const Equation grad_o_equation{"squared_loss", "grad_o", "6 (1)", "squared_loss_backward", file, "∂loss/∂o"};
  const Matrix one{{1}};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix o = input_of(c, c.n, c.p, 1), grad_o;
    const Matrix y = c.kind == Case::Kind::kink ? o : gradient_of(c, c.n, c.p, 2);  // or no error at all
    judge.judge({"squared_loss",
                 [&](Matrix& out) { out = Matrix{{squared_loss_forward(o, y)}}; },
                 [&](Matrix& out) { out = Matrix{{squared_loss_formula(o, y)}}; },
                 one,
                 [&] { function(o, y, grad_o); },
                 {&o, &y},
                 {{grad_o_equation, grad_o, o, [&] { return squared_loss_hints(o, y); }}}});
  });
}

}  // namespace handgrad
