#include "src/checking/call.h"
#include "src/checking/cases.h"
#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

// A sum into a matrix of its own, and into each of the two that are added.
void check_add(CheckReport& report) {
  const Equation call = call_equation("residual", "add", "src/matrix/matrix.cpp");
  for (const Case& c : all_cases()) {
    const Matrix a = input_of(c, c.n, c.p, 1), b = input_of(c, c.n, c.p, 2);
    Matrix expected = a;
    for (int k = 0; k < a.size(); ++k) expected[k] += b[k];
    for (const int into : {0, 1, 2}) {
      Matrix sum(c.n, c.p, 7), first = a, second = b;
      Matrix& result = into == 0 ? sum : into == 1 ? first : second;
      const CallOutcome outcome = watched_call(call.function, call.file, [&] { add(first, second, result); });
      if (!outcome.ending.empty()) return report.stop(call, outcome.ending);
      if (!identical(result, expected))
        return report.stop(call, "it gives other numbers than a + b", Verdict::State::wrong);
    }
  }
}

}  // namespace

void check_residual(CheckReport& report, decltype(&residual_backward) function, const File& file) {
  const Equation grad_h_equation{"residual", "grad_h", "3 (4)", "residual_backward", file, "∂loss/∂h"};
  const Equation grad_skip_equation{"residual", "grad_skip", "3 (4)", "residual_backward", file, "∂loss/∂x"};
  check_add(report);
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
