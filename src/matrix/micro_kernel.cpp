#include "src/matrix/micro_kernel.h"

#include <utility>

namespace handgrad {

namespace {

// One column of A after the other, `rows` numbers each. An instruction reaches four rows from one address, so there is
// an address for every four.
template <int rows>
struct ColumnOfA {
  std::ptrdiff_t row_stride, col_stride;
  const Real* fours[(rows + 3) / 4];

  explicit ColumnOfA(const Operand& a) : row_stride(a.row_stride), col_stride(a.col_stride) {
    for (int i = 0; i < rows; i += 4) fours[i / 4] = a.values + i * row_stride;
  }
  Real operator[](int i) const { return fours[i / 4][i % 4 * row_stride]; }
  void go_to_next() {
#pragma GCC unroll 5
    for (const Real*& four : fours) four += col_stride;
  }
};

// A tile of two vectors, the second of which ends with the row. At a width of 20 two vectors of 16 lanes share 12
// columns, and both compute the same there.
template <int rows>
void wide_tile(int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_stride, Real beta,
               Real* c, std::ptrdiff_t ldc) {
  constexpr int lanes = most_lanes;
  const int second = width - lanes;
  ColumnOfA<rows> a_p(a);
  Vector<lanes> left[rows] = {}, right[rows] = {};
#pragma GCC unroll 4
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_left = load<lanes>(b), b_right = load<lanes>(b + second);
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      left[i] += a_p[i] * b_left;
      right[i] += a_p[i] * b_right;
    }
    a_p.go_to_next();
    b += b_stride;
  }

  if (alpha != 1) {
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      left[i] *= alpha;
      right[i] *= alpha;
    }
  }
  if (beta != 0) {  // all is read before a number is written: left and right may overlap
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) {
      left[i] += beta * load<lanes>(c + i * ldc);
      right[i] += beta * load<lanes>(c + i * ldc + second);
    }
  }
#pragma GCC unroll 14
  for (int i = 0; i < rows; ++i) {
    store<lanes>(left[i], c + i * ldc);
    store<lanes>(right[i], c + i * ldc + second);
  }
}

// tile = beta tile + sums. Not inlined, or its many cases would stand in every tile.
template <int lanes>
[[gnu::noinline]] void add_rows(int rows, int width, const Vector<lanes>* sums, Real beta, Real* c,
                                std::ptrdiff_t ldc) {
  for (int i = 0; i < rows; ++i, c += ldc) {
    store_first<lanes>(width, sums[i] + beta * load_first<lanes>(width, c), c);
  }
}

// Stores the sums, each row by its width. The choice between the widths that a vector of these lanes serves is made
// once for all rows: what follows it knows the width when it is compiled, and a row of 10 is a store of 8 and one of 2.
template <int lanes, int rows, int width = lanes>
[[gnu::always_inline]] inline void store_rows(int width_here, const Vector<lanes> (&sums)[rows], Real* c,
                                              std::ptrdiff_t ldc) {
  constexpr int narrowest = lanes <= 4 ? 1 : lanes / 2 + 1;  // narrower ones have fewer lanes, but for 4 and 2
  if constexpr (width > narrowest) {
    if (width_here < width) return store_rows<lanes, rows, width - 1>(width_here, sums, c, ldc);
  }
#pragma GCC unroll 14
  for (int i = 0; i < rows; ++i) store_first<lanes>(width, sums[i], c + i * ldc);
}

// A tile of one vector, of which `width` lanes are in use. The other lanes hold what follows a row of B: the next row,
// which is there for all rows but the last.
template <int lanes, int rows>
void narrow_tile(int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_stride, Real beta,
                 Real* c, std::ptrdiff_t ldc) {
  ColumnOfA<rows> a_p(a);
  const Vector<lanes> b_last = load_first<lanes>(width, b + (k - 1) * b_stride);
  Vector<lanes> sums[rows] = {};
  for (int p = 0; p < k; ++p) {
    const Vector<lanes> b_p = p + 1 < k ? load<lanes>(b) : b_last;
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) sums[i] += a_p[i] * b_p;
    a_p.go_to_next();
    b += b_stride;
  }

  if (alpha != 1) {
#pragma GCC unroll 14
    for (int i = 0; i < rows; ++i) sums[i] *= alpha;
  }
  if (beta == 0) return store_rows<lanes, rows>(width, sums, c, ldc);
  Vector<lanes> all[rows];
#pragma GCC unroll 14
  for (int i = 0; i < rows; ++i) all[i] = sums[i];
  add_rows<lanes>(rows, width, all, beta, c, ldc);
}

using Tile = void (*)(int, int, Real, const Operand&, const Real*, std::ptrdiff_t, Real, Real*, std::ptrdiff_t);

// The tiles of 1, 2, 3, … rows.
template <int... rows_less_one>
Tile wide_tile_of(int rows, std::integer_sequence<int, rows_less_one...>) {
  static constexpr Tile tiles[] = {wide_tile<rows_less_one + 1>...};
  return tiles[rows - 1];
}
template <int lanes, int... rows_less_one>
Tile narrow_tile_of(int rows, std::integer_sequence<int, rows_less_one...>) {
  static constexpr Tile tiles[] = {narrow_tile<lanes, rows_less_one + 1>...};
  return tiles[rows - 1];
}

// Of the narrowest vector that is as wide as the tile, but of four lanes at least.
template <int lanes>
Tile narrowest_tile(int rows, int width) {
  if constexpr (lanes > 4) {
    if (width <= lanes / 2) return narrowest_tile<lanes / 2>(rows, width);
  }
  return narrow_tile_of<lanes>(rows, std::make_integer_sequence<int, narrow_tile_rows>());
}

}  // namespace

void micro_kernel(int rows, int width, int k, Real alpha, const Operand& a, const Real* b, std::ptrdiff_t b_stride,
                  Real beta, Real* c, std::ptrdiff_t ldc) {
  const Tile tile = width <= narrow_tile_cols ? narrowest_tile<narrow_tile_cols>(rows, width)
                                              : wide_tile_of(rows, std::make_integer_sequence<int, tile_rows>());
  tile(width, k, alpha, a, b, b_stride, beta, c, ldc);
}

}  // namespace handgrad
