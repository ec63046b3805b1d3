#include "src/matrix/matrix_matrix.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "src/matrix/gemm_ladder.h"
#include "src/matrix/operand.h"
#include "src/matrix/packing.h"
#include "src/matrix/register_tile.h"
#include "src/matrix/vector.h"

namespace handgrad {

namespace {

// A block of op(B), block_k × block_n numbers, takes 512 KB: it stays in the second-level cache while all of A passes
// by. A strip of op(A), tile_rows × block_k, takes 14 KB of floats: it stays in the first-level cache while all strips
// of the block pass by.
constexpr int block_k = 256;
constexpr int block_n = (512 << 10) / (block_k * static_cast<int>(sizeof(Real)));
alignas(64) thread_local Real b_block[block_k * block_n];
alignas(64) thread_local Real a_strip[tile_rows * block_k];

// Cuts `left` rows into tiles of nearly one height, none above `most`: the height of the next. 20 rows are two tiles of
// 10 rather than one of 14 and one of 6, since a low tile makes the same loads for fewer products.
int next_tile_rows(int left, int most) {
  if (left <= most) return left;
  const int tiles = (left + most - 1) / most;
  return (left + tiles - 1) / tiles;
}

// Rows of A that lie a multiple of 4096 bytes apart share one set of the first-level cache, which holds 8 lines; the
// eighth is for B. A wider choice pushes each line of A out before its next number is asked for.
int most_tile_rows(const Operand& a, int n) {
  const int most = n <= narrow_tile_cols ? narrow_tile_rows : tile_rows;
  const bool same_set = a.row_step * static_cast<std::ptrdiff_t>(sizeof(Real)) % 4096 == 0;
  return same_set ? std::min(7, most) : most;
}

// op(B) as the tiles read it, in strips of tile_cols columns, the last one narrower. As it lies, a strip begins
// tile_cols numbers behind the one before. Packed, a strip has no gaps and the strips lie one after the other, k ×
// tile_cols numbers each.
struct Strips {
  const Real* values;
  std::ptrdiff_t ldb;  // where packed: 0
  int k;

  const Real* at(int j) const { return values + (ldb > 0 ? j : static_cast<std::ptrdiff_t>(j) * k); }
  std::ptrdiff_t row_step(int width) const { return ldb > 0 ? ldb : width; }
};

Strips packed(const Operand& b, int k, int n) {
  for (int j = 0; j < n; j += tile_cols) {
    copy_rows(b.from(0, j), k, std::min(tile_cols, n - j), b_block + static_cast<std::ptrdiff_t>(j) * k);
  }
  return {b_block, 0, k};
}

// `rows` rows of C, as many as a tile has at most, from strip to strip.
void multiply_rows(int rows, int n, int k, Real alpha, const Operand& a, const Strips& b, Real beta, Real* c,
                   std::ptrdiff_t ldc) {
  for (int j = 0; j < n; j += tile_cols) {
    const int width = std::min(tile_cols, n - j);
    register_tile(rows, width, k, alpha, a, b.at(j), b.row_step(width), beta, c + j, ldc);
  }
}

// C = beta C + alpha A B with A as it lies.
void multiply_direct(int m, int n, int k, Real alpha, const Operand& a, const Strips& b, Real beta, Real* c,
                     std::ptrdiff_t ldc) {
  const int most_rows = most_tile_rows(a, n);
  for (int i = 0, rows; i < m; i += rows) {
    rows = next_tile_rows(m - i, most_rows);
    multiply_rows(rows, n, k, alpha, a.from(i, 0), b, beta, c + i * ldc, ldc);
  }
}

// C = beta C + alpha A B, block after block of B, with the rows of A that a tile needs packed too.
void multiply_packed(int m, int n, int k, Real alpha, const Operand& a, const Operand& b, Real beta, Real* c,
                     std::ptrdiff_t ldc) {
  for (int j = 0; j < n; j += block_n) {
    const int n_here = std::min(block_n, n - j);
    for (int p = 0; p < k; p += block_k) {
      const int k_here = std::min(block_k, k - p);
      const Strips strips = packed(b.from(p, j), k_here, n_here);
      for (int i = 0, rows; i < m; i += rows) {
        rows = next_tile_rows(m - i, tile_rows);
        copy_columns(a.from(i, p), rows, k_here, a_strip);
        multiply_rows(rows, n_here, k_here, alpha, {a_strip, 1, rows}, strips, p == 0 ? beta : 1, c + i * ldc + j, ldc);
      }
    }
  }
}

// C = beta C, all that remains of gemm where k = 0.
void scale(int m, int n, Real beta, Real* c, std::ptrdiff_t ldc) {
  for (int i = 0; i < m; ++i) scal(n, beta, c + i * ldc);
}

}  // namespace

void gemm(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb, Real beta,
          Real* c, int ldc) {
  check_gemm("gemm", op_a, op_b, m, n, k, lda, ldb, ldc);
  if (m == 0 || n == 0) return;
  if (k == 0) return scale(m, n, beta, c, ldc);

  const Operand op_of_a = operand(op_a, a, lda), op_of_b = operand(op_b, b, ldb);
  // 2^17 numbers are 512 KB of floats; and where one tile covers all rows of C, no number of B is read twice.
  const std::ptrdiff_t b_size = static_cast<std::ptrdiff_t>(k) * n;
  if (m == 1 && op_of_a.col_step == 1 && b_size > 1 << 12) {  // cᵀ = op(B)ᵀ aᵀ
    gemv(op_b == Op::as_is ? Op::transposed : Op::as_is, op_b == Op::as_is ? k : n, op_b == Op::as_is ? n : k, alpha, b,
         ldb, a, beta, c);
  } else if (op_b == Op::as_is && (m <= tile_rows || b_size <= 1 << 17)) {
    multiply_direct(m, n, k, alpha, op_of_a, {b, ldb, k}, beta, c, ldc);
  } else if (op_b == Op::transposed && b_size <= block_k * block_n) {
    multiply_direct(m, n, k, alpha, op_of_a, packed(op_of_b, k, n), beta, c, ldc);
  } else {
    multiply_packed(m, n, k, alpha, op_of_a, op_of_b, beta, c, ldc);
  }
}

void gemm_register_tile(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                        int ldb, Real beta, Real* c, int ldc) {
  check_gemm("gemm_register_tile", op_a, op_b, m, n, k, lda, ldb, ldc);
  if (k == 0) return scale(m, n, beta, c, ldc);
  multiply_packed(m, n, k, alpha, operand(op_a, a, lda), operand(op_b, b, ldb), beta, c, ldc);
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
