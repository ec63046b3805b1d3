#include "src/matrix/register_tile.h"

#include <array>
#include <utility>

namespace handgrad {

namespace {

// A tile of the given number of rows. A width of more than one vector takes two, the second of which ends with the
// row: at a width of 10 two vectors of 8 lanes share 6 columns, and both compute the same there. So no width but the
// narrowest needs a load of a part of a vector. narrow = 0: two vectors; narrow = 1, 2, …: one, of which so many lanes
// are used. a_adjacent: the elements of a column of A are neighbours, known to the compiler.
template <int lanes, int narrow, bool a_adjacent, int rows>
void tile(int k, Real alpha, const Real* a, std::ptrdiff_t a_row, std::ptrdiff_t a_col, const Real* b,
          std::ptrdiff_t b_row, int second, Real beta, Real* c, std::ptrdiff_t ldc) {
  constexpr bool two = narrow == 0;
  constexpr int used = two ? lanes : narrow;
  if constexpr (a_adjacent) a_row = 1;

  if (k >= 64) {  // C comes from far away: ask for it now, so that it is here when the sums are done
    for (int i = 0; i < rows; ++i) __builtin_prefetch(c + i * ldc, 1);
  }

  Vector<lanes> left[rows] = {}, right[rows] = {};
  const Real* a_fourth[(rows + 3) / 4];
#pragma GCC unroll 4
  for (int i = 0; i < rows; i += 4) a_fourth[i / 4] = a + i * a_row;
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_left = load<lanes, used>(b);
    const Vector<lanes> b_right = two ? load<lanes>(b + second) : Vector<lanes>{};
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      const Real a_ip = a_adjacent ? a[i] : a_fourth[i / 4][(i % 4) * a_row];
      left[i] += a_ip * b_left;
      if constexpr (two) right[i] += a_ip * b_right;
    }
    a += a_col;
#pragma GCC unroll 4
    for (auto& x : a_fourth) x += a_col;
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
template <int lanes, int narrow, bool a_adjacent, int... rows_less_one>
constexpr std::array<Tile, tile_rows> tiles_of(std::integer_sequence<int, rows_less_one...>) {
  return {tile<lanes, narrow, a_adjacent, rows_less_one + 1>...};
}

template <int lanes, int narrow>
Tile tile_of(int rows, bool a_adjacent) {
  static constexpr auto apart = tiles_of<lanes, narrow, false>(std::make_integer_sequence<int, tile_rows>());
  static constexpr auto adjacent = tiles_of<lanes, narrow, true>(std::make_integer_sequence<int, tile_rows>());
  return (a_adjacent ? adjacent : apart)[static_cast<std::size_t>(rows - 1)];
}

// The widest vectors of which two are needed; at 4 columns or fewer a part of one.
template <int lanes>
void run_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row, Real beta,
              Real* c, std::ptrdiff_t ldc) {
  constexpr int least = most_lanes < 4 ? most_lanes : 4;
  Tile chosen = nullptr;
  if (width > lanes) {
    chosen = tile_of<lanes, 0>(rows, a.row_step == 1);
  } else if constexpr (lanes > least) {
    return run_tile<lanes / 2>(rows, width, k, alpha, a, b, b_row, beta, c, ldc);
  } else {
    chosen = width == 1   ? tile_of<lanes, 1>(rows, a.row_step == 1)
             : width == 2 ? tile_of<lanes, 2>(rows, a.row_step == 1)
                          : width == 3
                 ? tile_of < lanes,
    lanes < 3 ? 1 : 3 > (rows, a.row_step == 1) : tile_of < lanes, lanes < 4 ? 1 : 4 > (rows, a.row_step == 1);
  }
  chosen(k, alpha, a.values, a.row_step, a.col_step, b, b_row, width - lanes, beta, c, ldc);
}

}  // namespace

void register_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row,
                   Real beta, Real* c, std::ptrdiff_t ldc) {
  run_tile<most_lanes>(rows, width, k, alpha, a, b, b_row, beta, c, ldc);
}

}  // namespace handgrad
