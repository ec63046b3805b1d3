#include "src/matrix/packing.h"

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
    const Real* from = x.values + i * x.row_step;
    for (int j = 0; j + lanes <= cols; j += lanes) store<lanes>(load<lanes>(from + j), copy + j);
    store<lanes>(load<lanes>(from + cols - lanes), copy + cols - lanes);
    copy += cols;
  }
}

// X lies column after column: four of its columns are four stretches of memory, read side by side, and give four
// neighbours in each row of the copy.
void copy_transposed(const Operand& x, int rows, int cols, Real* copy) {
  int j = 0;
  for (; j + 4 <= cols; j += 4) {
    const Real* column[4];
    for (int l = 0; l < 4; ++l) column[l] = x.values + (j + l) * x.col_step;
    for (int i = 0; i < rows; ++i) {
      const Vector<4> row = {column[0][i], column[1][i], column[2][i], column[3][i]};
      store<4>(row, copy + static_cast<std::ptrdiff_t>(i) * cols + j);
    }
  }
  for (; j < cols; ++j) {
    for (int i = 0; i < rows; ++i) copy[static_cast<std::ptrdiff_t>(i) * cols + j] = x(i, j);
  }
}

}  // namespace

void copy_rows(const Operand& x, int rows, int cols, Real* copy) {
  if (x.col_step == 1) {
    copy_straight<most_lanes>(x, rows, cols, copy);
  } else {
    copy_transposed(x, rows, cols, copy);
  }
}

}  // namespace handgrad
