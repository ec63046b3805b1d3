#pragma once

#include <cstddef>

#include "src/matrix/matrix.h"

namespace handgrad {

// op(X) as gemm sees it: element (i, j) stands at values[i * row_stride + j * col_stride]. One stride is 1, the other
// the leading dimension. Which is which says whether X is transposed, and no loop asks again.
struct Operand {
  const Real* values;
  std::ptrdiff_t row_stride;
  std::ptrdiff_t col_stride;

  Real operator()(int i, int j) const { return values[i * row_stride + j * col_stride]; }
  // op(X) from its element (i, j) on.
  Operand from(int i, int j) const { return {values + i * row_stride + j * col_stride, row_stride, col_stride}; }
};

inline Operand operand(Op op, const Real* x, int ldx) {
  return op == Op::as_is ? Operand{x, ldx, 1} : Operand{x, 1, ldx};
}

// C = beta C, m × n numbers. With beta = 0 the old C is not read.
void scale(int m, int n, Real beta, Real* c, std::ptrdiff_t ldc);

// Whether X, as it lies in memory, can be rows × cols with this leading dimension.
inline bool fits(int rows, int cols, int ld) {
  return rows >= 0 && cols >= 0 && ld >= cols;
}

// Throws std::invalid_argument unless X fits, in the name of `function`:
//   gemv: A is 2×3 with lda 2: sizes must not be negative, nor lda below 3
void check_fits(const char* function, const char* name, const char* ld_name, int rows, int cols, int ld);

// A matrix as it lies in memory, row after row, and its name.
struct Stored {
  const char* name;
  int rows, cols;
  const Real* values;
  int ld;

  // One past its last number.
  const Real* end() const {
    return rows == 0 || cols == 0 ? values : values + (static_cast<std::ptrdiff_t>(rows) - 1) * ld + cols;
  }
};

// Throws std::invalid_argument if `out`, which is written, has a number in common with `in`, which is read. They may be
// blocks of one wider matrix, side by side.
//   gemm: C overlaps B: an output must not be an input of the same call
void check_apart(const char* function, const Stored& out, const Stored& in);

// Throws std::invalid_argument unless A, B and C of a product fit, and C overlaps neither of the others. refuse_gemm is
// called where something may be wrong, and finds out.
void refuse_gemm(const char* function, const Stored& a, const Stored& b, const Stored& c);

inline void check_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, const Real* a, int lda,
                       const Real* b, int ldb, const Real* c, int ldc) {
  const int a_rows = op_a == Op::as_is ? m : k, a_cols = op_a == Op::as_is ? k : m;
  const int b_rows = op_b == Op::as_is ? k : n, b_cols = op_b == Op::as_is ? n : k;
  const bool all_fit = m >= 0 && n >= 0 && k >= 0 && lda >= a_cols && ldb >= b_cols && ldc >= n;
  const Real* const c_end = c + static_cast<std::ptrdiff_t>(m) * ldc;
  const bool apart = (c_end <= a || a + static_cast<std::ptrdiff_t>(a_rows) * lda <= c) &&
                     (c_end <= b || b + static_cast<std::ptrdiff_t>(b_rows) * ldb <= c);
  if (all_fit && apart) return;
  refuse_gemm(function, {"A", a_rows, a_cols, a, lda}, {"B", b_rows, b_cols, b, ldb}, {"C", m, n, c, ldc});
}

}  // namespace handgrad
