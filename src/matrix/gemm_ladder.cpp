#include "src/matrix/gemm_ladder.h"

#include <algorithm>
#include <cstddef>

#include "src/matrix/micro_kernel.h"
#include "src/matrix/operand.h"
#include "src/matrix/packing.h"

namespace handgrad {

namespace {

// C += alpha A B in the order i, p, j.
void add_product(int m, int n, int k, Real alpha, const Operand& a, const Operand& b, Real* c, int ldc) {
  for (int i = 0; i < m; ++i) {
    Real* c_row = c + static_cast<std::ptrdiff_t>(i) * ldc;
    for (int p = 0; p < k; ++p) {
      const Real a_ip = alpha * a(i, p);
      if (b.col_stride == 1) {
        const Real* b_row = b.from(p, 0).values;
        for (int j = 0; j < n; ++j) c_row[j] += a_ip * b_row[j];
      } else {
        for (int j = 0; j < n; ++j) c_row[j] += a_ip * b(p, j);
      }
    }
  }
}

}  // namespace

void gemm_naive(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                Real beta, Real* c, int ldc) {
  check_gemm("gemm_naive", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  if (alpha == 0) return scale(m, n, beta, c, ldc);
  const Operand op_of_a = operand(op_a, a, lda), op_of_b = operand(op_b, b, ldb);
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      Real sum = 0;
      for (int p = 0; p < k; ++p) sum += op_of_a(i, p) * op_of_b(p, j);
      Real& c_ij = c[static_cast<std::ptrdiff_t>(i) * ldc + j];
      c_ij = alpha * sum + (beta == 0 ? 0 : beta * c_ij);
    }
  }
}

void gemm_loop_order(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                     Real beta, Real* c, int ldc) {
  check_gemm("gemm_loop_order", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  scale(m, n, beta, c, ldc);
  if (alpha == 0) return;
  add_product(m, n, k, alpha, operand(op_a, a, lda), operand(op_b, b, ldb), c, ldc);
}

void gemm_cache_blocks(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                       int ldb, Real beta, Real* c, int ldc) {
  check_gemm("gemm_cache_blocks", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  const Operand op_of_a = operand(op_a, a, lda), op_of_b = operand(op_b, b, ldb);
  scale(m, n, beta, c, ldc);
  if (alpha == 0) return;
  for (int j = 0; j < n; j += block_n) {
    for (int p = 0; p < k; p += block_k) {
      add_product(m, std::min(block_n, n - j), std::min(block_k, k - p), alpha, op_of_a.from(0, p), op_of_b.from(p, j),
                  c + j, ldc);
    }
  }
}

void gemm_packing(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                  Real beta, Real* c, int ldc) {
  check_gemm("gemm_packing", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  thread_local Real a_panel[tile_rows * block_k];
  thread_local Real b_block[block_k * block_n];
  const Operand op_of_a = operand(op_a, a, lda), op_of_b = operand(op_b, b, ldb);
  scale(m, n, beta, c, ldc);
  if (alpha == 0) return;
  for (int j = 0; j < n; j += block_n) {
    const int n_here = std::min(block_n, n - j);
    for (int p = 0; p < k; p += block_k) {
      const int k_here = std::min(block_k, k - p);
      copy_rows(op_of_b.from(p, j), k_here, n_here, b_block);
      for (int i = 0; i < m; i += tile_rows) {
        const int m_here = std::min(tile_rows, m - i);
        copy_rows(op_of_a.from(i, p), m_here, k_here, a_panel);
        add_product(m_here, n_here, k_here, alpha, {a_panel, k_here, 1}, {b_block, n_here, 1},
                    c + static_cast<std::ptrdiff_t>(i) * ldc + j, ldc);
      }
    }
  }
}

}  // namespace handgrad
