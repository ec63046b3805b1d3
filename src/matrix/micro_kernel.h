#pragma once

#include <cstddef>

#include "src/matrix/operand.h"
#include "src/matrix/vector_register.h"

namespace handgrad {

// The micro-kernel, gemm's innermost loop: a tile of C stays in registers while p runs over k. The tile is tile_rows ×
// tile_cols numbers, MR × NR in the literature, where NR is two vectors. Each p takes a row of B's panel, two loads,
// and a column of A, MR broadcasts: they feed 2 MR multiply-adds. So the more rows, the better, as long as the
// registers hold two sums a row, the row of B and a broadcast. That is 14 rows of 32 registers, 6 of 16.
constexpr int tile_rows = vector_registers == 32 ? 14 : 6;
constexpr int tile_cols = 2 * most_lanes;

// A narrow tile is at most one vector wide and needs half the registers: of 16, they are enough for 10 rows, so that
// the lessons' batch of 20 is two tiles.
constexpr int narrow_tile_rows = vector_registers == 32 ? 14 : 10;
constexpr int narrow_tile_cols = most_lanes;

// A block of B is block_k × block_n numbers, KC × NC in the literature, 512 KB. It stays in the second-level cache
// while a block of A passes by, block_m × block_k or MC × KC, 2 MB. A panel of A, MR × KC, takes 14 KB of floats. It
// stays in the first-level cache while the panels of B's block, KC × NR each, pass by.
constexpr int block_k = 256;
constexpr int block_n = (512 << 10) / (block_k * static_cast<int>(sizeof(Real)));
constexpr int block_m = 4 * block_n;

// tile = beta tile + alpha A B        A is rows × k, B is k × width, the tile rows × width inside C
//
// 1 <= width <= tile_cols; 1 <= rows <= tile_rows, or narrow_tile_rows where width <= narrow_tile_cols. The rows of B
// lie b_stride numbers apart and those of C ldc. With beta = 0 the old tile is not read. Where width + b_stride < 4,
// three numbers behind B must be readable.
void micro_kernel(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_stride,
                  Real beta, Real* c, std::ptrdiff_t ldc);

}  // namespace handgrad
