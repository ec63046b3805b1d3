#include "src/training/batches.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "src/io/text.h"

namespace handgrad {

namespace {

// part = `count` rows of whole from row `first`.
void copy_rows(const Matrix& whole, int first, int count, Matrix& part) {
  part.resize(count, whole.cols);
  std::copy(whole.row(first), whole.row(first + count), part.row(0));
}

}  // namespace

int batches_per_epoch(int rows, int batch_size) {
  if (batch_size < 1 || batch_size > rows) {
    throw std::invalid_argument("a batch of " + counted(batch_size, "row") + " from " + std::to_string(rows) +
                                ": expected 1 to " + std::to_string(rows));
  }
  return rows / batch_size;
}

void take_batch(const Dataset& data, int k, int batch_size, Matrix& x, Matrix& y) {
  const int batches = batches_per_epoch(data.x.rows, batch_size);
  if (k < 0 || k >= batches) {
    throw std::invalid_argument("take_batch: batch " + std::to_string(k) + " of " + std::to_string(batches) +
                                " (they count from 0)");
  }
  copy_rows(data.x, k * batch_size, batch_size, x);
  copy_rows(data.y, k * batch_size, batch_size, y);
}

}  // namespace handgrad
