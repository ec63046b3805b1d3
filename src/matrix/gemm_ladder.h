#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// The way from the definition of the matrix product to gemm, a step a routine. README.md tells the story, `make bench
// PART=ladder` measures each. All compute what gemm computes, with its arguments and its errors; steps 5 and 6 are in
// gemm.h.

// Step 1, the definition: for each element of C one sum.
void gemm_naive(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                Real beta, Real* c, int ldc);

// Step 2, loop order: the innermost loop goes along a row of B and a row of C.
void gemm_loop_order(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                     Real beta, Real* c, int ldc);

// Step 3, cache blocks: the same loops over one block of B at a time, which stays in the cache for all rows of A.
void gemm_cache_blocks(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                       int ldb, Real beta, Real* c, int ldc);

// Step 4, packing: each block is first copied to where its numbers lie side by side.
void gemm_packing(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                  Real beta, Real* c, int ldc);

}  // namespace handgrad
