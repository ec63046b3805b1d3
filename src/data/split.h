#pragma once

#include <string>
#include <vector>

#include "src/data/iris.h"
#include "src/matrix/matrix.h"

namespace handgrad {

constexpr int split_train_rows = 100;

// Samples for training or testing.
struct Dataset {
  Matrix x;               // n × 4, raw lengths in cm
  Matrix y;               // n × 3, one-hot
  std::vector<int> rows;  // which row of iris each is, counted from 1 as in R
};

// The given rows of iris, counted from 1, in their order. Throws std::invalid_argument for a row that iris does not
// have.
Dataset take_rows(const Iris& iris, const std::vector<int>& rows);

struct Split {
  Dataset train;
  Dataset test;
};

// Reads the 100 training rows (one column "train_row", counted from 1). They become the training set, in the order of
// the file; all other rows of iris, ascending, are the test set. Throws std::runtime_error with one line that names
// file, line, what was found and what was expected: another number of rows, no whole number, a row that iris does not
// have, a row twice. Source of the lecture's rows: section 1 (2), set.seed(0); sample(1:150, 100).
Split read_split(const std::string& path, const Iris& iris);

// Throws std::runtime_error unless the program was started at the project's root, where data/iris.csv is.
void check_project_root();

// The lecture's split of data/iris.csv by data/lecture_split.csv. Throws as read_iris, read_split and
// check_project_root do.
Split read_lecture_split();

}  // namespace handgrad
