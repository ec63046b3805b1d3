#pragma once

#include <array>
#include <string>

#include "src/data/iris.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// How many flowers of each true class (column) were predicted as each class (row).
struct Confusion {
  std::array<std::array<int, iris_classes>, iris_classes> count{};

  int total() const;
  int right() const;
};

// The column of the largest number in row i; of equals the first.
int largest_column(const Matrix& m, int i);

// o: n × 3, probabilities; y: n × 3, one-hot. Throws std::invalid_argument if a shape is another.
// Lecture, section 1 (4): table(max.col(predict_Y), max.col(TEST.Y)).
Confusion confusion_table(const Matrix& o, const Matrix& y);

// The table as the lecture prints it, with a line above that says what its rows, columns and numbers are, and
// the accuracy below.
std::string confusion_text(const Confusion& confusion);

}  // namespace handgrad
