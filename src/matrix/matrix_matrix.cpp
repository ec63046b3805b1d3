#include "src/matrix/matrix_matrix.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "src/matrix/vector.h"

namespace handgrad {

namespace {

// A block of op(B) has block_k × block_n numbers (128 KB of floats, which stay in the second-level cache
// while all of A passes by), and a block of op(A) block_m × block_k (32 KB).
constexpr int block_m = 64;
constexpr int block_n = 256;
constexpr int block_k = 128;

void check_operand(const char* function, const char* name, int rows, int cols, int ld) {
  if (rows < 0 || cols < 0 || ld < cols) {
    throw std::invalid_argument(std::string(function) + ": " + name + " is " + std::to_string(rows) + "×" +
                                std::to_string(cols) + " with ld" + static_cast<char>(name[0] - 'A' + 'a') + " " +
                                std::to_string(ld) + ": sizes must not be negative, nor the leading dimension below " +
                                std::to_string(cols));
  }
}

void check_sizes(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc) {
  check_operand(function, "A", op_a == Op::as_is ? m : k, op_a == Op::as_is ? k : m, lda);
  check_operand(function, "B", op_b == Op::as_is ? k : n, op_b == Op::as_is ? n : k, ldb);
  check_operand(function, "C", m, n, ldc);
}

// Element (i, j) of op(X).
Real element(Op op, const Real* x, int ldx, int i, int j) {
  return op == Op::as_is ? x[static_cast<std::ptrdiff_t>(i) * ldx + j] : x[static_cast<std::ptrdiff_t>(j) * ldx + i];
}

// block = rows × cols numbers of op(X) from its element (first_row, first_col), side by side in memory. After
// this no loop needs to know whether X is transposed.
void copy_block(Op op, const Real* x, int ldx, int first_row, int first_col, int rows, int cols, Real* block) {
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < cols; ++j) block[i * cols + j] = element(op, x, ldx, first_row + i, first_col + j);
  }
}

// C += alpha A B for one block of each: A is m × k and B is k × n, both side by side in memory. The loops run
// in the order i, p, j: the innermost one goes along a row of B and a row of C.
void multiply_blocks(int m, int n, int k, Real alpha, const Real* a, const Real* b, Real* c, int ldc) {
  for (int i = 0; i < m; ++i) {
    Real* c_row = c + static_cast<std::ptrdiff_t>(i) * ldc;
    for (int p = 0; p < k; ++p) {
      const Real a_ip = alpha * a[i * k + p];
      const Real* b_row = b + p * n;
      for (int j = 0; j < n; ++j) c_row[j] += a_ip * b_row[j];
    }
  }
}

}  // namespace

void gemm(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb, Real beta,
          Real* c, int ldc) {
  check_sizes("gemm", op_a, op_b, m, n, k, lda, ldb, ldc);
  thread_local Real a_block[block_m * block_k];
  thread_local Real b_block[block_k * block_n];

  for (int i = 0; i < m; ++i) scal(n, beta, c + static_cast<std::ptrdiff_t>(i) * ldc);

  for (int j = 0; j < n; j += block_n) {
    const int n_here = std::min(block_n, n - j);
    for (int p = 0; p < k; p += block_k) {
      const int k_here = std::min(block_k, k - p);
      copy_block(op_b, b, ldb, p, j, k_here, n_here, b_block);
      for (int i = 0; i < m; i += block_m) {
        const int m_here = std::min(block_m, m - i);
        copy_block(op_a, a, lda, i, p, m_here, k_here, a_block);
        multiply_blocks(m_here, n_here, k_here, alpha, a_block, b_block, c + static_cast<std::ptrdiff_t>(i) * ldc + j,
                        ldc);
      }
    }
  }
}

void gemm_naive(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                Real beta, Real* c, int ldc) {
  check_sizes("gemm_naive", op_a, op_b, m, n, k, lda, ldb, ldc);
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      Real sum = 0;
      for (int p = 0; p < k; ++p) sum += element(op_a, a, lda, i, p) * element(op_b, b, ldb, p, j);
      Real& c_ij = c[static_cast<std::ptrdiff_t>(i) * ldc + j];
      c_ij = alpha * sum + (beta == 0 ? 0 : beta * c_ij);
    }
  }
}

void gemm(Op op_a, const Matrix& a, Op op_b, const Matrix& b, Matrix& c) {
  const int m = op_a == Op::as_is ? a.rows : a.cols;
  const int k = op_a == Op::as_is ? a.cols : a.rows;
  const int n = op_b == Op::as_is ? b.cols : b.rows;
  check_shape("gemm", "A", a, "B", b, op_b == Op::as_is ? k : any, op_b == Op::as_is ? any : k);
  c.resize(m, n);
  gemm(op_a, op_b, m, n, k, 1, a.data(), a.cols, b.data(), b.cols, 0, c.data(), c.cols);
}

}  // namespace handgrad
