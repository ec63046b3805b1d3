#include "src/layers/fully_connected.h"

#include "src/matrix/columns.h"
#include "src/matrix/gemm.h"

namespace handgrad {

namespace {

// The loops of the functions below, over all columns or some (src/matrix/columns.h).

// l = l + b, the same b in every row
template <typename In, typename Out>
void add_bias(In b, Out l) {
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) l(i, j) += b(0, j);
  }
}

// grad_b = grad_b + Σ over rows of grad_l
template <typename In, typename Out>
void sum_over_rows(In grad_l, Out grad_b) {
  for (int i = 0; i < grad_l.rows; ++i) {
    for (int j = 0; j < grad_l.cols; ++j) grad_b(0, j) += grad_l(i, j);
  }
}

}  // namespace

void fully_connected_forward(const Matrix& x, const Matrix& W, const Matrix& b, Matrix& l) {
  check_shape("fully_connected_forward", "x", x, "W", W, x.cols, any);
  check_shape("fully_connected_forward", "W", W, "b", b, 1, W.cols);
  check_distinct("fully_connected_forward", "l", l, "b", b);

  // l = x W
  gemm(Op::as_is, x, Op::as_is, W, l);

  // l = l + b
  by_columns(
      l.cols, [](auto... columns) { add_bias(columns...); }, b, l);
}

void fully_connected_backward_parameters(const Matrix& x, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b) {
  check_shape("fully_connected_backward_parameters", "x", x, "grad_l", grad_l, x.rows, any);
  check_distinct("fully_connected_backward_parameters", "grad_b", grad_b, "grad_l", grad_l);

  // l = x W + b
  // ∂loss/∂W = xᵀ grad_l — section 2 (1), grad.W
  gemm(Op::transposed, x, Op::as_is, grad_l, grad_W);

  // ∂loss/∂b = Σ over rows of grad_l — b is added to every row, so it collects from every row
  grad_b.resize(1, grad_l.cols);
  grad_b.fill(0);
  by_columns(
      grad_l.cols, [](auto... columns) { sum_over_rows(columns...); }, grad_l, grad_b);
}

void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x) {
  check_shape("fully_connected_backward", "x", x, "W", W, x.cols, any);
  check_shape("fully_connected_backward", "x", x, "grad_l", grad_l, x.rows, any);
  check_shape("fully_connected_backward", "W", W, "grad_l", grad_l, any, W.cols);
  check_distinct("fully_connected_backward", "grad_W", grad_W, "W", W);
  check_distinct("fully_connected_backward", "grad_b", grad_b, "W", W);
  check_distinct("fully_connected_backward", "grad_b", grad_b, "grad_l", grad_l);

  // l = x W + b
  fully_connected_backward_parameters(x, grad_l, grad_W, grad_b);

  // ∂loss/∂x = grad_l Wᵀ — section 2 (1), grad.h
  gemm(Op::as_is, grad_l, Op::transposed, W, grad_x);
}

}  // namespace handgrad
