#pragma once

#include "src/data/split.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// How many batches an epoch has: floor(rows / batch_size). Rows that do not fill a batch are left out, as the
// lecture's iterator leaves them out. Throws std::invalid_argument unless 1 <= batch_size <= rows.
int batches_per_epoch(int rows, int batch_size);

// Batch number k (0, 1, …): rows k * batch_size … of the data, in their order, never shuffled.
// x: batch_size × 4, y: batch_size × 3. Throws std::invalid_argument if the data has no such batch.
// Lecture, section 1 (3): my_iterator_core.
void take_batch(const Dataset& data, int k, int batch_size, Matrix& x, Matrix& y);

}  // namespace handgrad
