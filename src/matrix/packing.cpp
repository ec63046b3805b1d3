#include "src/matrix/packing.h"

#include <algorithm>

#include "src/matrix/vector_register.h"

namespace handgrad {

namespace {

// X lies row after row. A row is copied in whole vectors; the last one ends with the row and may copy some numbers a
// second time.
template <int lanes>
void copy_straight(const Operand& x, int rows, int cols, Real* copy) {
  if constexpr (lanes > 1) {
    if (cols < lanes) return copy_straight<lanes / 2>(x, rows, cols, copy);
  }
  for (int i = 0; i < rows; ++i) {
    const Real* from = x.values + i * x.row_stride;
    for (int j = 0; j + lanes <= cols; j += lanes) store<lanes>(load<lanes>(from + j), copy + j);
    store<lanes>(load<lanes>(from + cols - lanes), copy + cols - lanes);
    copy += cols;
  }
}

// 4 × 4 numbers at a time: four stretches of four columns are loaded, and their lanes exchanged in two steps.
void copy_four_by_four(const Real* x, std::ptrdiff_t col_stride, Real* copy, std::ptrdiff_t copy_row) {
  const Vector<4> x_0 = load<4>(x), x_1 = load<4>(x + col_stride), x_2 = load<4>(x + 2 * col_stride),
                  x_3 = load<4>(x + 3 * col_stride);
  const Vector<4> upper_01 = shuffled<4, 0, 4, 1, 5>(x_0, x_1), lower_01 = shuffled<4, 2, 6, 3, 7>(x_0, x_1);
  const Vector<4> upper_23 = shuffled<4, 0, 4, 1, 5>(x_2, x_3), lower_23 = shuffled<4, 2, 6, 3, 7>(x_2, x_3);
  store<4>(shuffled<4, 0, 1, 4, 5>(upper_01, upper_23), copy);
  store<4>(shuffled<4, 2, 3, 6, 7>(upper_01, upper_23), copy + copy_row);
  store<4>(shuffled<4, 0, 1, 4, 5>(lower_01, lower_23), copy + 2 * copy_row);
  store<4>(shuffled<4, 2, 3, 6, 7>(lower_01, lower_23), copy + 3 * copy_row);
}

// X lies column after column. The last four rows and the last four columns may be copied a second time.
void copy_transposed(const Operand& x, int rows, int cols, Real* copy) {
  const std::ptrdiff_t copy_row = cols;
  if (rows < 4 || cols < 4) {
    for (int j = 0; j < cols; ++j) {
      for (int i = 0; i < rows; ++i) copy[i * copy_row + j] = x(i, j);
    }
    return;
  }
  for (int j = 0; j < cols; j += 4) {
    const int left = std::min(j, cols - 4);
    const Real* from = x.values + left * x.col_stride;
    for (int i = 0; i + 4 <= rows; i += 4) {
      copy_four_by_four(from + i, x.col_stride, copy + i * copy_row + left, copy_row);
    }
    if (rows % 4 != 0) copy_four_by_four(from + rows - 4, x.col_stride, copy + (rows - 4) * copy_row + left, copy_row);
  }
}

}  // namespace

void copy_rows(const Operand& x, int rows, int cols, Real* copy) {
  if (x.col_stride == 1) {
    copy_straight<most_lanes>(x, rows, cols, copy);
  } else {
    copy_transposed(x, rows, cols, copy);
  }
}

}  // namespace handgrad
