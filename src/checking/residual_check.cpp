#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

void check_residual(CheckReport& report, decltype(&residual_backward) function, const File& file) {
  const Equation grad_h_equation{"residual", "grad_h", "3 (4)", "residual_backward", file, "∂loss/∂h"};
  const Equation grad_skip_equation{"residual", "grad_skip", "3 (4)", "residual_backward", file, "∂loss/∂x"};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix h = input_of(c, c.n, c.p, 1), x = input_of(c, c.n, c.p, 2), grad_h, grad_skip;
    const Matrix r = gradient_of(c, c.n, c.p, 3);
    const auto formula = [&](Matrix& out) {
      out = h;
      for (int k = 0; k < out.size(); ++k) out[k] += x[k];
    };
    judge.judge({"residual",
                 [&](Matrix& out) { residual_forward(h, x, out); },
                 formula,
                 r,
                 [&] { function(r, grad_h, grad_skip); },
                 {&h, &x, &r},
                 {{grad_h_equation, grad_h, h}, {grad_skip_equation, grad_skip, x}}});
  });
}

}  // namespace handgrad
