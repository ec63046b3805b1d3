#pragma once

#include "src/matrix/operand.h"

namespace handgrad {

// copy(i, j) = X(i, j), rows × cols numbers, row after row without a gap. Where X lies the other way round, four of its
// rows are read at once.
void copy_rows(const Operand& x, int rows, int cols, Real* copy);

// copy = Xᵀ for X rows × cols: the elements of a column of X become neighbours.
inline void copy_columns(const Operand& x, int rows, int cols, Real* copy) {
  copy_rows({x.values, x.col_stride, x.row_stride}, cols, rows, copy);
}

}  // namespace handgrad
