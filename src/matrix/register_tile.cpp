#include "src/matrix/register_tile.h"

#include <algorithm>
#include <array>
#include <utility>

namespace handgrad {

namespace {

// A tile of so many rows. A width of more than one vector takes two, the second of which ends with the row: at a width
// of 10 two vectors of 8 lanes share 6 columns, and both compute the same there. So only the narrowest widths need a
// part of a vector. narrow = 0: two vectors; narrow = 1, 2, …: one, with so many of its lanes in use. adjacent: a_row
// is 1, and the compiler may know.
template <int lanes, int narrow, bool adjacent, int rows>
void tile(int k, Real alpha, const Real* a, std::ptrdiff_t a_row, std::ptrdiff_t a_col, const Real* b,
          std::ptrdiff_t b_row, int second, Real beta, Real* c, std::ptrdiff_t ldc) {
  constexpr bool two = narrow == 0;
  constexpr int used = two ? lanes : narrow;

  if (k >= 64) {  // C may have to come from far away: it is asked for now, to be here when the sums are done
    for (int i = 0; i < rows; ++i) __builtin_prefetch(c + i * ldc, 1);
  }

  // An instruction reaches four rows from one address; with fewer addresses none is lost to memory.
  const Real* a_four[(rows + 3) / 4];
  for (int i = 0; i < rows; i += 4) a_four[i / 4] = a + i * a_row;

  Vector<lanes> left[rows] = {}, right[rows] = {};
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_left = load<lanes, used>(b);
    const Vector<lanes> b_right = two ? load<lanes>(b + second) : Vector<lanes>{};
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      const Real a_ip = adjacent ? a[i] : a_four[i / 4][i % 4 * a_row];
      left[i] += a_ip * b_left;
      if constexpr (two) right[i] += a_ip * b_right;
    }
    a += a_col;
#pragma GCC unroll 4
    for (const Real*& four : a_four) four += a_col;
    b += b_row;
  }

#pragma GCC unroll 14
  for (int i = 0; i < rows; ++i) {
    Real* c_left = c + i * ldc;
    Real* c_right = c_left + second;
    left[i] *= alpha;
    if constexpr (two) right[i] *= alpha;
    if (beta != 0) {  // both are read before one is written: they may overlap
      left[i] += beta * load<lanes, used>(c_left);
      if constexpr (two) right[i] += beta * load<lanes>(c_right);
    }
    store<lanes, used>(left[i], c_left);
    if constexpr (two) store<lanes>(right[i], c_right);
  }
}

using Tile = void (*)(int, Real, const Real*, std::ptrdiff_t, std::ptrdiff_t, const Real*, std::ptrdiff_t, int, Real,
                      Real*, std::ptrdiff_t);

// The tiles of 1, 2, …, tile_rows rows.
template <int lanes, int narrow, bool adjacent, int... rows_less_one>
constexpr std::array<Tile, tile_rows> tiles_of(std::integer_sequence<int, rows_less_one...>) {
  return {tile<lanes, narrow, adjacent, rows_less_one + 1>...};
}

template <int lanes, int narrow>
Tile tile_of(int rows, bool adjacent) {
  static constexpr auto with_step = tiles_of<lanes, narrow, false>(std::make_integer_sequence<int, tile_rows>());
  static constexpr auto without = tiles_of<lanes, narrow, true>(std::make_integer_sequence<int, tile_rows>());
  return (adjacent ? without : with_step)[static_cast<std::size_t>(rows - 1)];
}

// One vector with `width` lanes in use.
template <int lanes, int narrow = 1>
Tile narrow_tile(int rows, int width, bool adjacent) {
  if constexpr (narrow < lanes) {
    if (width != narrow) return narrow_tile<lanes, narrow + 1>(rows, width, adjacent);
  }
  return tile_of<lanes, narrow>(rows, adjacent);
}

// Two of the widest vectors that are not wider than the tile; at up to 4 columns one vector.
template <int lanes>
void run_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row, Real beta,
              Real* c, std::ptrdiff_t ldc) {
  constexpr bool narrowest = lanes <= 4;
  const bool adjacent = a.row_step == 1;
  if constexpr (!narrowest) {
    if (width <= lanes) return run_tile<lanes / 2>(rows, width, k, alpha, a, b, b_row, beta, c, ldc);
  }
  const Tile chosen =
      !narrowest || width > lanes ? tile_of<lanes, 0>(rows, adjacent) : narrow_tile<lanes>(rows, width, adjacent);
  chosen(k, alpha, a.values, a.row_step, a.col_step, b, b_row, std::max(width - lanes, 0), beta, c, ldc);
}

}  // namespace

void register_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row,
                   Real beta, Real* c, std::ptrdiff_t ldc) {
  run_tile<most_lanes>(rows, width, k, alpha, a, b, b_row, beta, c, ldc);
}

}  // namespace handgrad
