#pragma once

#include <cstddef>

#include "src/matrix/operand.h"
#include "src/matrix/vector_register.h"

namespace handgrad {

// The micro-kernel, gemm's innermost step: a tile of C stays in registers while p runs over k. The tile is tile_rows ×
// tile_cols numbers, MR × NR in the literature, where NR is two vectors. For each p it loads a row of B's panel (two
// vectors) and broadcasts column p of A: two loads and MR broadcasts feed 2 MR multiply-adds. The more rows, the
// better, as long as the registers hold the sums (two a row), the row of B and a broadcast: 14 rows of 32 registers, 6
// of 16.
constexpr int tile_rows = vector_registers == 32 ? 14 : 6;
constexpr int tile_cols = 2 * most_lanes;

// A narrow tile is at most one vector wide. It needs half the registers and may be higher: 20 rows, the lessons' batch,
// or 10. Between 10 and 20 there is no height.
constexpr int narrow_tile_rows = vector_registers == 32 ? 20 : 10;
constexpr int narrow_tile_cols = most_lanes;

// A block of B is block_k × block_n numbers, KC × NC in the literature, 512 KB. It stays in the second-level cache
// while all of A passes by. A panel of A, MR × KC, takes 14 KB of floats. It stays in the first-level cache while all
// panels of the block, KC × NR each, pass by.
constexpr int block_k = 256;
constexpr int block_n = (512 << 10) / (block_k * static_cast<int>(sizeof(Real)));

// tile = beta tile + alpha A B        A is rows × k, B is k × width, the tile rows × width inside C
//
// 1 <= width <= tile_cols; rows is a height that next_tile_rows gives. The rows of B lie b_stride numbers apart and
// those of C ldc. With beta = 0 the old tile is not read.
void micro_kernel(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_stride,
                  Real beta, Real* c, std::ptrdiff_t ldc);

}  // namespace handgrad
