#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

// r = x || h: every row of h behind the row of x
void concat_formula(const Matrix& x, const Matrix& h, Matrix& r) {
  r = Matrix(x.rows, x.cols + h.cols);
  for (int i = 0; i < r.rows; ++i) {
    for (int j = 0; j < r.cols; ++j) r(i, j) = j < x.cols ? x(i, j) : h(i, j - x.cols);
  }
}

// The `width` columns of grad_r from every column but the right one.
Hints wrong_splits(const Matrix& grad_r, int width, int right_column) {
  Hints hints;
  for (int first = 0; first + width <= grad_r.cols; ++first) {
    if (first == right_column) continue;
    Matrix part(grad_r.rows, width);
    for (int i = 0; i < grad_r.rows; ++i) {
      for (int j = 0; j < width; ++j) part(i, j) = grad_r(i, first + j);
    }
    hints.mistakes.push_back({"the split is shifted: yours begins at column " + std::to_string(first) +
                                  " of grad_r, it should begin at column " + std::to_string(right_column),
                              part});
  }
  return hints;
}

}  // namespace

void check_concat(CheckReport& report, decltype(&concat_backward) function, const File& file) {
  const Equation grad_x_equation{"concat", "grad_x", "4 (3)", "concat_backward", file, "∂loss/∂x_ij"};
  const Equation grad_h_equation{"concat", "grad_h", "4 (3)", "concat_backward", file, "∂loss/∂h_ij"};
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix x = input_of(c, c.n, c.p, 1), h = input_of(c, c.n, c.q, 2), grad_x, grad_h;
    const Matrix r = gradient_of(c, c.n, c.p + c.q, 3);
    judge.judge({"concat",
                 [&](Matrix& out) { concat_forward(x, h, out); },
                 [&](Matrix& out) { concat_formula(x, h, out); },
                 r,
                 [&] {
                   Matrix other;
                   concat_forward(h, x, other);  // other widths, which must play no part
                   function(x, h, r, grad_x, grad_h);
                 },
                 {&x, &h, &r},
                 {{grad_x_equation, grad_x, x, [&] { return wrong_splits(r, c.p, 0); }},
                  {grad_h_equation, grad_h, h, [&] { return wrong_splits(r, c.q, c.p); }}}});
  });
}

}  // namespace handgrad
