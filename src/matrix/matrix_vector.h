#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Whether a routine takes a matrix as it lies in memory or transposed: op(A) = A or op(A) = Aᵀ.
enum class Op { as_is, transposed };

// Level 2 of the BLAS: matrix with vector. A is m × n, row after row; row i begins at a + i * lda. lda, the
// leading dimension, is n for a whole matrix and larger for a block of a wider one. Both throw
// std::invalid_argument if a size is negative or lda < n. Source of the names: Dongarra, Du Croz, Hammarling,
// Hanson (1988), "An Extended Set of FORTRAN Basic Linear Algebra Subprograms".

// y = alpha op(A) x + beta y. As it is: x has n numbers and y has m; transposed: x has m and y has n.
// With beta = 0 the old y is not read, so it may hold NaN.
void gemv(Op op_a, int m, int n, Real alpha, const Real* a, int lda, const Real* x, Real beta, Real* y);

// A = alpha x yᵀ + A, the outer product added: x has m numbers, y has n.
void ger(int m, int n, Real alpha, const Real* x, const Real* y, Real* a, int lda);

}  // namespace handgrad
