#pragma once

#include <cstddef>
#include <type_traits>

#include "src/matrix/matrix.h"

namespace handgrad {

// Columns of a matrix that lie side by side, for loops that read or write (i, j) with i < rows and j < cols. Width is
// int, or a type whose only value is the number of columns, which the compiler then knows. __restrict: no other
// argument of the same function has a number in common with these, where either is written.
template <typename Number, typename Width>
struct Columns {
  Number* __restrict values;
  int rows, stride;
  Width cols;

  Number& operator()(int i, int j) const {
    check_index(rows, cols, i, j);
    return values[static_cast<std::ptrdiff_t>(i) * stride + j];
  }
};

template <typename AMatrix, typename Width>
auto columns_of(AMatrix& matrix, int first, Width width) {
  using Number = std::remove_pointer_t<decltype(matrix.data())>;
  return Columns<Number, Width>{matrix.data() + first, matrix.rows, matrix.cols, width};
}

// Calls `loops` with the same columns of every matrix, from the left: 16 of them as often as they fit, then 8, 4, 2
// and 1, so that a row of a call is a whole vector or half of one. Only for loops that work each column by itself, with
// matrices of `cols` columns. All columns in one call take those with more than 100: there a row is long enough by
// itself, while some of its columns, in rows a power of two apart, would compete for a few places of the cache; so do
// the checking build, and clang++, which __restrict of a member tells nothing.
template <typename Loops, typename... Matrices>
void by_columns(int cols, const Loops& loops, Matrices&... matrices) {
  int first = 0;
  const auto take = [&](auto width) {
    for (; first < cols && first + width <= cols; first += width) loops(columns_of(matrices, first, width)...);
  };
#if !defined(HANDGRAD_CHECKING) && !defined(__clang__)
  if (cols <= 100) {
    take(std::integral_constant<int, 16>());
    take(std::integral_constant<int, 8>());
    take(std::integral_constant<int, 4>());
    take(std::integral_constant<int, 2>());
    take(std::integral_constant<int, 1>());
  }
#endif
  take(cols - first);
}

}  // namespace handgrad
