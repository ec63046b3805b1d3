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

// The same for A, B and C of a product, the first that does not fit. refuse_gemm is called where one does not.
void refuse_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc);

// Here, not in the .cpp: at the lessons' sizes a call costs as much as some rows of the product.
inline void check_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc) {
  const bool a_fits = op_a == Op::as_is ? fits(m, k, lda) : fits(k, m, lda);
  const bool b_fits = op_b == Op::as_is ? fits(k, n, ldb) : fits(n, k, ldb);
  if (!(a_fits && b_fits && fits(m, n, ldc))) refuse_gemm(function, op_a, op_b, m, n, k, lda, ldb, ldc);
}

}  // namespace handgrad
