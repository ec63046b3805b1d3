#include "src/checking/activation_check.h"

#include "src/checking/judge.h"

namespace handgrad {

void check_activation(CheckReport& report, const Activation& a) {
  const std::string file = a.file.empty() ? "src/layers/" + a.name + ".cpp" : a.file;
  const Equation grad_l_equation{a.name, "grad_l", a.section, a.name + "_backward", file, "∂loss/∂l"};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix l = input_of(c, c.n, c.p, 1), h, grad_l;
    if (c.kind == Case::Kind::plain && c.p > 1) {  // even in the smallest batch one unit is on and one is off
      l(0, 0) = Real(0.5);
      l(0, 1) = Real(-0.5);
    }
    const Matrix r = gradient_of(c, c.n, c.p, 2);
    const auto formula = [&](Matrix& out) {
      out = l;
      for (Real& value : out.values) value = a.formula(value, a.slope);
    };
    if (!judge.forward(a.name, [&] { a.forward(l, h); }, {&l})) return;
    const Matrix saved_h = h;
    judge.judge({a.name,
                 [&](Matrix& out) { a.forward(l, out); },
                 formula,
                 r,
                 [&] { a.backward(l, saved_h, r, grad_l); },
                 {&l, &saved_h, &r},
                 {{grad_l_equation, grad_l, l, [&] { return a.hints ? a.hints(l, saved_h, r) : Hints{}; }}}});
  });
}

Matrix chosen(const Matrix& l, const Matrix& where_on, const Matrix& where_off) {
  Matrix result(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) result[k] = l[k] > 0 ? where_on[k] : where_off[k];
  return result;
}

}  // namespace handgrad
