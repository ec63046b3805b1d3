#include "src/matrix/gemm.h"

#include <algorithm>
#include <cstddef>

#include "src/matrix/gemv.h"
#include "src/matrix/micro_kernel.h"
#include "src/matrix/operand.h"
#include "src/matrix/packing.h"

namespace handgrad {

namespace {

constexpr int block_size = block_k * block_n;
alignas(64) thread_local Real b_block[block_size + narrow_tile_cols];  // a single column is read on beyond its end
alignas(64) thread_local Real a_block[block_m * block_k];

// Whether m rows of A stay in a cache while one panel of B after the other meets all of them.
bool few_rows(int m) {
  return m <= 16 * tile_rows;
}

// The height of the tiles of m rows, at most `most`. They are shared out evenly: 20 rows are two tiles of 10, not one
// of 14 and one of 6, since a low tile makes the same loads for fewer products.
int tile_height(int m, int most) {
  if (m <= most) return m;
  const int tiles = (m + most - 1) / most;
  return (m + tiles - 1) / tiles;
}

// Rows of A that lie a multiple of 4096 bytes apart share one set of the first-level cache, which holds 8 lines; the
// eighth is for B. A wider choice pushes each line of A out before its next number is asked for.
int most_tile_rows(const Operand& a, int n) {
  const int most = n <= narrow_tile_cols ? narrow_tile_rows : tile_rows;
  const bool same_set = a.row_stride * static_cast<std::ptrdiff_t>(sizeof(Real)) % 4096 == 0;
  return same_set ? std::min(7, most) : most;
}

// op(B) as the micro-kernel reads it, in panels of tile_cols columns, the last one perhaps narrower. As it lies, a
// panel begins tile_cols numbers behind the one before. Packed, a panel has no gaps and the panels lie one after the
// other, k × tile_cols numbers each.
struct Panels {
  const Real* values;
  std::ptrdiff_t ldb;  // where packed: 0
  int k;

  const Real* at(int j) const { return values + (ldb > 0 ? j : static_cast<std::ptrdiff_t>(j) * k); }
  std::ptrdiff_t row_stride(int width) const { return ldb > 0 ? ldb : width; }
};

// Of B as it lies, some rows of all panels at a time, since each of these rows is one stretch of memory.
Panels packed(const Operand& b, int k, int n) {
  const int rows = b.col_stride == 1 ? 16 : k;
  for (int p = 0; p < k; p += rows) {
    for (int j = 0; j < n; j += tile_cols) {
      const int width = std::min(tile_cols, n - j);
      Real* const panel = b_block + static_cast<std::ptrdiff_t>(j) * k;
      copy_rows(b.from(p, j), std::min(rows, k - p), width, panel + p * width);
    }
  }
  return {b_block, 0, k};
}

// Asks for a tile of C, which may have to come from far away, to be here when the micro-kernel's sums are done.
[[gnu::noinline]] void prefetch(int rows, int width, const Real* c, std::ptrdiff_t ldc) {
  for (int i = 0; i < rows; ++i) {
    for (const int j : {0, width / 2, width - 1}) __builtin_prefetch(c + i * ldc + j, 1);
  }
}

// C = beta C + alpha A B for few rows of A: a panel of B serves all of them before the next one comes.
void multiply_by_panels(int m, int n, int k, Real alpha, const Operand& a, const Panels& b, Real beta, Real* c,
                        std::ptrdiff_t ldc) {
  const int height = tile_height(m, most_tile_rows(a, n));
  for (int j = 0; j < n; j += tile_cols) {
    const int width = std::min(tile_cols, n - j);
    const Real* const panel = b.at(j);
    const std::ptrdiff_t stride = b.row_stride(width);
    Operand strip = a;  // the rows of a tile: a pointer that goes on costs less than one found anew
    Real* tile = c + j;
    for (int left = m; left > 0; left -= height) {
      const int rows = std::min(height, left);
      if (k >= 64) prefetch(rows, width, tile, ldc);
      micro_kernel(rows, width, k, alpha, strip, panel, stride, beta, tile, ldc);
      strip.values += height * strip.row_stride;
      tile += height * ldc;
    }
  }
}

// `rows` rows of C, as many as a tile has at most, from panel to panel. Where A is packed, each tile asks for its share
// of A's next panel.
void multiply_rows(int rows, int n, int k, Real alpha, const Operand& a, const Panels& b, Real beta, Real* c,
                   std::ptrdiff_t ldc, const Real* next_of_a = nullptr) {
  for (int j = 0; j < n; j += tile_cols) {
    const int width = std::min(tile_cols, n - j);
    if (k >= 64) prefetch(rows, width, c + j, ldc);
    if (next_of_a != nullptr) {
      for (int l = j * rows * k / n; l < (j + width) * rows * k / n; l += 16) __builtin_prefetch(next_of_a + l);
    }
    micro_kernel(rows, width, k, alpha, a, b.at(j), b.row_stride(width), beta, c + j, ldc);
  }
}

// The same product for many rows of A: those of a tile meet all panels of B before the next ones come.
void multiply_by_rows(int m, int n, int k, Real alpha, const Operand& a, const Panels& b, Real beta, Real* c,
                      std::ptrdiff_t ldc) {
  const int height = tile_height(m, most_tile_rows(a, n));
  for (int i = 0; i < m; i += height) {
    multiply_rows(std::min(height, m - i), n, k, alpha, a.from(i, 0), b, beta, c + i * ldc, ldc);
  }
}

// C = beta C + alpha A B for a block of A, block after block of B. A panel of A is packed when the first block of B
// needs it, and stays for the others. Few rows are soon through with a block of B. So theirs is narrower, and still
// near when it has been packed.
void multiply_block_of_a(int m, int n, int k, Real alpha, const Operand& a, const Operand& b, Real beta, Real* c,
                         std::ptrdiff_t ldc) {
  const int height = tile_height(m, tile_rows);
  const int block_cols = few_rows(m) ? 8 * tile_cols : block_n;
  for (int p = 0; p < k; p += block_k) {
    const int k_here = std::min(block_k, k - p);
    for (int j = 0; j < n; j += block_cols) {
      const int n_here = std::min(block_cols, n - j);
      const Panels panels = packed(b.from(p, j), k_here, n_here);
      for (int i = 0; i < m; i += height) {
        const int rows = std::min(height, m - i);
        Real* const panel = a_block + (n > block_cols ? i * k_here : 0);
        if (j == 0) copy_columns(a.from(i, p), rows, k_here, panel);
        multiply_rows(rows, n_here, k_here, alpha, {panel, 1, rows}, panels, p == 0 ? beta : 1, c + i * ldc + j, ldc,
                      j > 0 && i + rows < m ? panel + rows * k_here : nullptr);
      }
    }
  }
}

// The same, block after block of A.
void multiply_packed(int m, int n, int k, Real alpha, const Operand& a, const Operand& b, Real beta, Real* c,
                     std::ptrdiff_t ldc) {
  for (int i = 0; i < m; i += block_m) {
    multiply_block_of_a(std::min(block_m, m - i), n, k, alpha, a.from(i, 0), b, beta, c + i * ldc, ldc);
  }
}

// gemm without its checks.
void multiply(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
              Real beta, Real* c, int ldc) {
  if (m == 0 || n == 0) return;
  if (k == 0 || alpha == 0) return scale(m, n, beta, c, ldc);

  const Operand op_of_a = operand(op_a, a, lda), op_of_b = operand(op_b, b, ldb);
  // A block of B stays in the cache, and a larger one may come once, where two tiles cover all rows of C. But of Aᵀ
  // each round of a tile takes another row: where many tiles come back to them, A is packed; and so is B, whose panels
  // are short stretches of its rows.
  const std::ptrdiff_t b_size = static_cast<std::ptrdiff_t>(k) * n;
  const bool direct = m <= 2 * tile_rows || b_size <= (op_a == Op::as_is ? block_size : 1 << 14);
  const bool as_it_lies = op_b == Op::as_is && n > 1 && few_rows(m);
  if (m == 1 && op_of_a.col_stride == 1 && b_size > 1 << 12) {  // cᵀ = op(B)ᵀ aᵀ
    gemv(op_b == Op::as_is ? Op::transposed : Op::as_is, op_b == Op::as_is ? k : n, op_b == Op::as_is ? n : k, alpha, b,
         ldb, a, beta, c);
  } else if (direct && (as_it_lies || b_size <= block_size)) {
    const Panels panels = as_it_lies ? Panels{b, ldb, k} : packed(op_of_b, k, n);
    (few_rows(m) ? multiply_by_panels : multiply_by_rows)(m, n, k, alpha, op_of_a, panels, beta, c, ldc);
  } else {
    multiply_packed(m, n, k, alpha, op_of_a, op_of_b, beta, c, ldc);
  }
}

}  // namespace

void gemm(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb, Real beta,
          Real* c, int ldc) {
  check_gemm("gemm", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  multiply(op_a, op_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void gemm_register_tile(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b,
                        int ldb, Real beta, Real* c, int ldc) {
  check_gemm("gemm_register_tile", op_a, op_b, m, n, k, a, lda, b, ldb, c, ldc);
  if (k == 0 || alpha == 0) return scale(m, n, beta, c, ldc);
  multiply_packed(m, n, k, alpha, operand(op_a, a, lda), operand(op_b, b, ldb), beta, c, ldc);
}

void gemm(Op op_a, const Matrix& a, Op op_b, const Matrix& b, Matrix& c) {
  const int m = op_a == Op::as_is ? a.rows : a.cols;
  const int k = op_a == Op::as_is ? a.cols : a.rows;
  const int n = op_b == Op::as_is ? b.cols : b.rows;
  check_shape("gemm", "A", a, "B", b, op_b == Op::as_is ? k : any, op_b == Op::as_is ? any : k);
  check_distinct("gemm", "C", c, "A", a);
  check_distinct("gemm", "C", c, "B", b);
  c.resize(m, n);
  multiply(op_a, op_b, m, n, k, 1, a.data(), a.cols, b.data(), b.cols, 0, c.data(), c.cols);
}

}  // namespace handgrad
