#pragma once

#include "src/matrix/matrix_matrix.h"

namespace handgrad {

// gemm's way from the definition to the routine that the layers use, a step a routine: README.md tells the story, `make
// bench` measures each. All compute what gemm computes, with its arguments and its errors; gemm_naive
// (matrix_matrix.h) is the first step and gemm itself the last.

// Step 2, loop order: the innermost loop goes along a row of B and a row of C.
void gemm_loop_order(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                     Real beta, Real* c, int ldc);

// Step 3, cache blocks: the same loops over one block of B at a time, which then stays in the cache for all rows of A.
void gemm_cache_blocks(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                       int ldb, Real beta, Real* c, int ldc);

// Step 4, packing: each block is first copied to where its numbers lie side by side.
void gemm_packing(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                  Real beta, Real* c, int ldc);

// Step 5, register tile: of packed blocks, a tile of C at a time that stays in registers (matrix_matrix.cpp).
void gemm_register_tile(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                        int ldb, Real beta, Real* c, int ldc);

}  // namespace handgrad
