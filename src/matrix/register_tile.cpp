#include "src/matrix/register_tile.h"

#include <array>
#include <utility>

namespace handgrad {

namespace {

// One column of A after the other, `rows` numbers each. An instruction reaches four rows from one address, so there is
// an address for every four; with adjacent rows (the step is 1, and the compiler may know) one serves all.
template <int rows, bool adjacent>
struct ColumnOfA {
  std::ptrdiff_t row_step, col_step;
  const Real* fours[(rows + 3) / 4];

  explicit ColumnOfA(const Operand& a) : row_step(a.row_step), col_step(a.col_step) {
    for (int i = 0; i < rows; i += 4) fours[i / 4] = a.values + i * row_step;
  }
  Real operator[](int i) const { return adjacent ? fours[0][i] : fours[i / 4][i % 4 * row_step]; }
  void go_to_next() {
#pragma GCC unroll 5
    for (const Real*& four : fours) four += col_step;
  }
};

// A tile of two vectors, the second of which ends with the row: at a width of 20 two vectors of 16 lanes share 12
// columns, and both compute the same there.
template <int rows, bool adjacent>
void wide_tile(int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row, Real beta, Real* c,
               std::ptrdiff_t ldc) {
  constexpr int lanes = most_lanes;
  const int second = width - lanes;
  if (k >= 64) {  // C may have to come from far away: it is asked for now, to be here when the sums are done
    for (int i = 0; i < rows; ++i) {
      for (const int j : {0, second, width - 1}) __builtin_prefetch(c + i * ldc + j, 1);
    }
  }

  ColumnOfA<rows, adjacent> a_p(a);
  Vector<lanes> left[rows] = {}, right[rows] = {};
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_left = load<lanes>(b), b_right = load<lanes>(b + second);
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      left[i] += a_p[i] * b_left;
      right[i] += a_p[i] * b_right;
    }
    a_p.go_to_next();
    b += b_row;
  }

#pragma GCC unroll 14
  for (int i = 0; i < rows; ++i) {
    Real *c_left = c + i * ldc, *c_right = c_left + second;
    left[i] *= alpha;
    right[i] *= alpha;
    if (beta != 0) {  // both are read before one is written: they may overlap
      left[i] += beta * load<lanes>(c_left);
      right[i] += beta * load<lanes>(c_right);
    }
    store<lanes>(left[i], c_left);
    store<lanes>(right[i], c_right);
  }
}

// Not inlined, or their many cases would stand in every tile.
template <int lanes>
[[gnu::noinline]] Vector<lanes> load_part(int width, const Real* x) {
  return load_first<lanes>(width, x);
}
template <int lanes>
[[gnu::noinline]] void store_part(int width, Vector<lanes> sums, Real beta, Real* c) {
  if (beta != 0) sums += beta * load_first<lanes>(width, c);
  store_first<lanes>(width, sums, c);
}

// A tile of one vector, of which `width` lanes are in use, half of them or more. It reads on into the next row of B,
// which is there for all rows but the last. It also writes on into the next row of C, if C has no columns beside the
// tile: that row is written thereafter. The last row is written by its width.
template <int lanes, int rows>
void narrow_tile(int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row, Real beta,
                 Real* c, std::ptrdiff_t ldc) {
  ColumnOfA<rows, false> a_p(a);
  const Vector<lanes> b_last = load_part<lanes>(width, b + (k - 1) * b_row);
  Vector<lanes> sums[rows] = {};
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_p = p + 1 < k ? load<lanes>(b) : b_last;
#pragma GCC unroll 20
    for (int i = 0; i < rows; ++i) sums[i] += a_p[i] * b_p;
    a_p.go_to_next();
    b += b_row;
  }

  const int whole_rows = beta != 0 ? 0 : width == lanes ? rows : width == ldc ? rows - 1 : 0;
#pragma GCC unroll 20
  for (int i = 0; i < rows; ++i) {
    sums[i] *= alpha;
    if (i < whole_rows) {
      store<lanes>(sums[i], c + i * ldc);
    } else {
      store_part<lanes>(width, sums[i], beta, c + i * ldc);
    }
  }
}

using Tile = void (*)(int, int, Real, const Operand&, const Real*, std::ptrdiff_t, Real, Real*, std::ptrdiff_t);

// The tiles of 1, 2, 3, … rows.
template <bool adjacent, int... rows_less_one>
Tile wide_tile_of(int rows, std::integer_sequence<int, rows_less_one...>) {
  static constexpr std::array<Tile, sizeof...(rows_less_one)> tiles{wide_tile<rows_less_one + 1, adjacent>...};
  return tiles[static_cast<std::size_t>(rows - 1)];
}
template <int lanes, int... rows_less_one>
Tile narrow_tile_of(int rows, std::integer_sequence<int, rows_less_one...>) {
  static constexpr std::array<Tile, sizeof...(rows_less_one)> tiles{narrow_tile<lanes, rows_less_one + 1>...};
  return tiles[static_cast<std::size_t>(rows - 1)];
}

// Of the narrowest vector that is as wide as the tile; one of a single lane would be slower than one of two.
template <int lanes>
Tile narrowest_tile(int rows, int width) {
  if constexpr (lanes > 2) {
    if (width <= lanes / 2) return narrowest_tile<lanes / 2>(rows, width);
  }
  return narrow_tile_of<lanes>(rows, std::make_integer_sequence<int, narrow_tile_rows>());
}

}  // namespace

void register_tile(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_row,
                   Real beta, Real* c, std::ptrdiff_t ldc) {
  constexpr auto all_rows = std::make_integer_sequence<int, tile_rows>();
  const Tile tile = width <= narrow_tile_cols ? narrowest_tile<narrow_tile_cols>(rows, width)
                    : a.row_step == 1         ? wide_tile_of<true>(rows, all_rows)
                                              : wide_tile_of<false>(rows, all_rows);
  tile(width, k, alpha, a, b, b_row, beta, c, ldc);
}

}  // namespace handgrad
