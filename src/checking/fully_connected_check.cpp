#include "src/checking/checks.h"
#include "src/checking/judge.h"

namespace handgrad {

namespace {

// l_ij = Σ_k x_ik W_kj + b_j
void fully_connected_formula(const Matrix& x, const Matrix& W, const Matrix& b, Matrix& l) {
  l = Matrix(x.rows, W.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) l(i, j) = b[j];
    for (int k = 0; k < x.cols; ++k) {
      for (int j = 0; j < l.cols; ++j) l(i, j) += x(i, k) * W(k, j);
    }
  }
}

// What grad_x = grad_l Wᵀ becomes with W where Wᵀ should be, if the shapes let it pass.
Hints grad_x_hints(const Matrix& W, const Matrix& r) {
  if (W.rows != W.cols) return {};
  Matrix with_W;
  fully_connected_formula(r, W, Matrix(1, W.cols), with_W);
  return {{}, {{"W stands in place of Wᵀ: yours is grad_l W", with_W}}};
}

// What grad_W = xᵀ grad_l becomes with x where xᵀ should be.
Hints grad_W_hints(const Matrix& x, const Matrix& r) {
  if (x.rows != x.cols) return {};
  Matrix with_x;
  fully_connected_formula(x, r, Matrix(1, r.cols), with_x);
  return {{}, {{"x stands in place of xᵀ: yours is x grad_l", with_x}}};
}

// What grad_b is without its sum: the first row, the last row of grad_l.
Hints grad_b_hints(const Matrix& r) {
  Matrix first(1, r.cols), last(1, r.cols);
  for (int j = 0; j < r.cols; ++j) {
    first[j] = r(0, j);
    last[j] = r(r.rows - 1, j);
  }
  if (r.rows == 1) return {};
  return {{{"the first row of grad_l", first}, {"the last row of grad_l", last}},
          {{"the sum over the rows is forgotten: yours is the first row", first},
           {"the sum over the rows is forgotten: yours is the last row", last}}};
}

}  // namespace

void check_fully_connected(CheckReport& report, decltype(&fully_connected_backward) function, const File& file) {
  const auto equation = [&](const char* name, const char* comment) {
    return Equation{"fully_connected", name, "2 (1)", "fully_connected_backward", file, comment};
  };
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix x = input_of(c, c.n, c.p, 1), W = input_of(c, c.p, c.q, 2), b = input_of(c, 1, c.q, 3);
    Matrix grad_W, grad_b, grad_x;
    const Matrix r = gradient_of(c, c.n, c.q, 4);
    judge.judge({"fully_connected",
                 [&](Matrix& out) { fully_connected_forward(x, W, b, out); },
                 [&](Matrix& out) { fully_connected_formula(x, W, b, out); },
                 r,
                 [&] { function(x, W, r, grad_W, grad_b, grad_x); },
                 {&x, &W, &b, &r},
                 {{equation("grad_W", "∂loss/∂W"), grad_W, W, [&] { return grad_W_hints(x, r); }},
                  {equation("grad_b", "∂loss/∂b"), grad_b, b, [&] { return grad_b_hints(r); }},
                  {equation("grad_x", "∂loss/∂x"), grad_x, x, [&] { return grad_x_hints(W, r); }}}});
  });
}

}  // namespace handgrad
