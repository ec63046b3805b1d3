#include <algorithm>
#include <cmath>

#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

// o_j = exp(l_j) / Σ_k exp(l_k); the largest l is taken from all first, so that no exp overflows
void softmax_formula(const Matrix& l, Matrix& o) {
  o = Matrix(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    Real sum = 0, largest = l(i, 0);
    for (int k = 1; k < l.cols; ++k) largest = std::max(largest, l(i, k));
    for (int k = 0; k < l.cols; ++k) sum += std::exp(l(i, k) - largest);
    for (int j = 0; j < l.cols; ++j) o(i, j) = std::exp(l(i, j) - largest) / sum;
  }
}

Hints softmax_hints(const Matrix& o, const Matrix& r) {
  Matrix own(o.rows, o.cols), others(o.rows, o.cols), diagonal(o.rows, o.cols), sums(o.rows, o.cols);
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < o.cols; ++j) {
      own(i, j) = o(i, j) * r(i, j);
      diagonal(i, j) = o(i, j) * (1 - o(i, j)) * r(i, j);
      for (int k = 0; k < o.cols; ++k) {
        others(i, j) -= o(i, j) * r(i, k) * o(i, k);
        sums(i, j) += o(i, j) * (r(i, j) - r(i, k));
      }
    }
  }
  return {{{"the term o_j grad_o_j", own}, {"the sum over k, -o_j Σ grad_o_k o_k", others}},
          {{"the diagonal only: yours is grad_o_j o_j (1 - o_j), without the other classes", diagonal},
           {"the sum over k lacks its factor o_k", sums}}};
}

}  // namespace

void check_softmax(CheckReport& report, decltype(&softmax_backward) function, const File& file) {
  const Equation grad_l_equation{"softmax", "grad_l", "2 (1)", "softmax_backward", file, "∂loss/∂l_j"};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix l = input_of(c, c.n, c.p, 1), saved_o, grad_l;
    const Matrix r = gradient_of(c, c.n, c.p, 2);
    if (c.kind == Case::Kind::huge) {  // all far below 0
      for (Real& value : l.values) value = -std::abs(value);
    }
    for (Real& value : l.values) value *= c.kind == Case::Kind::far ? 20 : 1;  // so that some o are exactly 0
    if (!judge.forward("softmax", [&] { softmax_forward(l, saved_o); }, {&l})) return;
    judge.judge({"softmax",
                 [&](Matrix& out) { softmax_forward(l, out); },
                 [&](Matrix& out) { softmax_formula(l, out); },
                 r,
                 [&] { function(saved_o, r, grad_l); },
                 {&l, &saved_o, &r},
                 {{grad_l_equation, grad_l, l, [&] { return softmax_hints(saved_o, r); }}}});
  });
}

}  // namespace handgrad
