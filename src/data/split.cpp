#include "src/data/split.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "src/io/csv.h"

namespace handgrad {

namespace {

// The row number in a field, or 0 if it holds none of 1 … rows.
int parse_row(const std::string& field, int rows) {
  if (field.empty() || field.size() > 9 || field.find_first_not_of("0123456789") != std::string::npos) return 0;
  const int row = std::atoi(field.c_str());
  return row <= rows ? row : 0;
}

}  // namespace

Dataset take_rows(const Iris& iris, const std::vector<int>& rows) {
  const int n = static_cast<int>(rows.size());
  Dataset set{Matrix(n, iris_features), Matrix(n, iris_classes), rows};
  for (int i = 0; i < n; ++i) {
    const int row = rows[static_cast<std::size_t>(i)] - 1;
    if (row < 0 || row >= iris.x.rows) {
      throw std::invalid_argument("take_rows: row " + std::to_string(row + 1) + " of " + std::to_string(iris.x.rows));
    }
    for (int j = 0; j < iris_features; ++j) set.x(i, j) = iris.x(row, j);
    set.y(i, iris.species[static_cast<std::size_t>(row)]) = 1;
  }
  return set;
}

Split read_split(const std::string& path, const Iris& iris) {
  const CsvTable table = read_csv(path, {"train_row"});
  if (table.rows.size() != split_train_rows) {
    throw std::runtime_error(path + ": found " + std::to_string(table.rows.size()) +
                             " training rows below the header, expected " + std::to_string(split_train_rows));
  }
  std::vector<int> train_rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const int row = parse_row(table.rows[i][0], iris.x.rows);
    if (row == 0) {
      fail_at_field(table, static_cast<int>(i), 0, "a row of iris, from 1 to " + std::to_string(iris.x.rows));
    }
    if (std::count(train_rows.begin(), train_rows.end(), row) != 0) {
      fail_at_field(table, static_cast<int>(i), 0, "every row at most once");
    }
    train_rows.push_back(row);
  }

  std::vector<int> test_rows;
  for (int row = 1; row <= iris.x.rows; ++row) {
    if (std::count(train_rows.begin(), train_rows.end(), row) == 0) test_rows.push_back(row);
  }
  return {take_rows(iris, train_rows), take_rows(iris, test_rows)};
}

void check_project_root() {
  if (std::filesystem::exists("data/iris.csv")) return;
  throw std::runtime_error("cannot open data/iris.csv: No such file or directory; start it at the project's root");
}

Split read_lecture_split() {
  check_project_root();
  return read_split("data/lecture_split.csv", read_iris("data/iris.csv"));
}

}  // namespace handgrad
