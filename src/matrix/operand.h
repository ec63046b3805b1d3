#pragma once

#include <cstddef>

#include "src/matrix/matrix_vector.h"

namespace handgrad {

// op(X) as gemm sees it: element (i, j) stands at values[i * row_step + j * col_step]. One of the steps is 1, the other
// the leading dimension; which is which says whether X is transposed, and no loop below asks again.
struct Operand {
  const Real* values;
  std::ptrdiff_t row_step;
  std::ptrdiff_t col_step;

  Real operator()(int i, int j) const { return values[i * row_step + j * col_step]; }
  // op(X) from its element (i, j) on.
  Operand from(int i, int j) const { return {values + i * row_step + j * col_step, row_step, col_step}; }
};

inline Operand operand(Op op, const Real* x, int ldx) {
  return op == Op::as_is ? Operand{x, ldx, 1} : Operand{x, 1, ldx};
}

// Whether X, as it lies in memory, can be rows × cols with this leading dimension.
inline bool fits(int rows, int cols, int ld) {
  return rows >= 0 && cols >= 0 && ld >= cols;
}

// Throws std::invalid_argument, in the name of `function`, for the first of A, B and C that does not fit.
[[noreturn]] void refuse_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc);

// Throws std::invalid_argument as matrix_matrix.h says, in the name of `function`. Here, not in the .cpp: at the
// lessons' sizes a call costs as much as some rows of the product.
inline void check_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc) {
  const bool a_fits = op_a == Op::as_is ? fits(m, k, lda) : fits(k, m, lda);
  const bool b_fits = op_b == Op::as_is ? fits(k, n, ldb) : fits(n, k, ldb);
  if (!(a_fits && b_fits && fits(m, n, ldc))) refuse_gemm(function, op_a, op_b, m, n, k, lda, ldb, ldc);
}

}  // namespace handgrad
