#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Level 3 of the BLAS: matrix with matrix.
//
//   C = alpha op(A) op(B) + beta C        op(A) is m × k, op(B) is k × n, C is m × n
//
// The leading dimension of a matrix is the distance from one row to the next, in numbers. With beta = 0 the old C is
// not read, so it may hold NaN. With k = 0 or alpha = 0 only the scaling by beta remains: A and B are not read. Throws
// std::invalid_argument if a size is negative, a leading dimension is below the width of its matrix, or C has a number
// in common with A or B. Source of the name: Dongarra, Du Croz, Hammarling, Duff (1990), "A Set of Level 3 Basic Linear
// Algebra Subprograms".

// The routine that the layers use. It is the last step of a ladder, which README.md climbs from the definition;
// gemm_ladder.h has the others.
void gemm(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb, Real beta,
          Real* c, int ldc);

// The step before it, register tile: of packed blocks, a tile of C at a time that stays in registers. gemm does so
// where the matrices are large.
void gemm_register_tile(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                        int ldb, Real beta, Real* c, int ldc);

// C = op(A) op(B) for whole matrices; C gets its shape here. Throws std::invalid_argument if op(A) has another number
// of columns than op(B) has rows, or C is A or B.
void gemm(Op op_a, const Matrix& a, Op op_b, const Matrix& b, Matrix& c);

}  // namespace handgrad
