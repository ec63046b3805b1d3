#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Level 2 of the BLAS: matrix with vector. A is m × n, row after row; row i begins at a + i * lda. lda, the leading
// dimension, is n for a whole matrix and larger for a block of a wider one. Throws std::invalid_argument if a size is
// negative or lda < n. Source of the name: Dongarra, Du Croz, Hammarling, Hanson (1988), "An Extended Set of FORTRAN
// Basic Linear Algebra Subprograms".

// y = alpha op(A) x + beta y. As it is: x has n numbers and y has m. Transposed: x has m and y has n. With beta = 0 the
// old y is not read, so it may hold NaN; with alpha = 0 A and x are not read. y must have no number in common with A or
// x, or std::invalid_argument is thrown.
void gemv(Op op_a, int m, int n, Real alpha, const Real* a, int lda, const Real* x, Real beta, Real* y);

}  // namespace handgrad
