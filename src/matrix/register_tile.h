#pragma once

#include <cstddef>

#include "src/matrix/operand.h"
#include "src/matrix/vector_register.h"

namespace handgrad {

// The innermost step of gemm. A tile of C, a few rows high and two vectors wide, stays in registers while p runs over
// k: each round loads one row of B's strip (two vectors) and multiplies it with the tile's elements of column p of A,
// so two loads and `rows` broadcasts feed 2 × rows multiply-adds. The more rows, the better, as long as the registers
// hold the sums (two a row), the two vectors of B and something to spare: 14 rows of 32 registers, 6 of 16. A tile of
// at most one vector's width needs half the registers and may be higher: 20 rows, the lessons' batch, or 10.
constexpr int tile_rows = vector_registers == 32 ? 14 : 6;
constexpr int tile_cols = 2 * most_lanes;
constexpr int narrow_tile_rows = vector_registers == 32 ? 20 : 10;
constexpr int narrow_tile_cols = most_lanes;

// tile = beta tile + alpha A B        A is rows × k, B is k × width, the tile rows × width inside C
//
// 1 <= width <= tile_cols, 1 <= rows <= tile_rows, or narrow_tile_rows where width <= narrow_tile_cols. The rows of B
// lie b_row numbers apart and those of C ldc. With beta = 0 the old tile is not read.
void register_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row,
                   Real beta, Real* c, std::ptrdiff_t ldc);

}  // namespace handgrad
