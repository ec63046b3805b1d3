#include "src/matrix/matrix.h"

#include <stdexcept>
#include <string>

#include "src/matrix/shape_text.h"

namespace handgrad {

namespace {

std::string count_text(int count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

Matrix::Matrix(int row_count, int col_count, Real fill_value) {
  resize(row_count, col_count);
  fill(fill_value);
}

Matrix::Matrix(std::initializer_list<std::initializer_list<Real>> written_rows)
    : rows(static_cast<int>(written_rows.size())),
      cols(rows == 0 ? 0 : static_cast<int>(written_rows.begin()->size())) {
  for (const auto& written_row : written_rows) {
    if (static_cast<int>(written_row.size()) != cols) {
      throw std::invalid_argument("Matrix: a row of " + std::to_string(written_row.size()) + " numbers under one of " +
                                  std::to_string(cols));
    }
    values.insert(values.end(), written_row);
  }
}

void Matrix::reshape(int row_count, int col_count) {
  if (row_count < 0 || col_count < 0) {
    throw std::invalid_argument("Matrix: a size of " + shape_text(row_count, col_count) + " is negative");
  }
  rows = row_count;
  cols = col_count;
  values.resize(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
}

#ifdef HANDGRAD_CHECKING
void refuse_index(int rows, int cols, int i, int j) {
  throw std::out_of_range("row " + std::to_string(i) + ", column " + std::to_string(j) + " asked of a " +
                          shape_text(rows, cols) + " matrix (rows and columns count from 0)");
}

void Matrix::refuse_number(int k) const {
  throw std::out_of_range("element " + std::to_string(k) + " asked of a " + shape_text(rows, cols) +
                          " matrix (elements count from 0)");
}
#endif

bool same_shape(const Matrix& a, const Matrix& b) {
  return a.rows == b.rows && a.cols == b.cols;
}

void add(const Matrix& a, const Matrix& b, Matrix& sum) {
  check_shape("add", "a", a, "b", b, a.rows, a.cols);
  if (&sum != &a && &sum != &b) sum.resize(a.rows, a.cols);
  for (int k = 0; k < a.size(); ++k) sum[k] = a[k] + b[k];
}

void refuse_shape(const char* function, const char* reference_name, const Matrix& reference, const char* name,
                  const Matrix& matrix, int rows, int cols) {
  const bool rows_fit = rows == any || matrix.rows == rows;
  const bool cols_fit = cols == any || matrix.cols == cols;
  std::string needed;
  if (!rows_fit) needed += count_text(rows, "row");
  if (!rows_fit && !cols_fit) needed += " and ";
  if (!cols_fit) needed += count_text(cols, "column");
  throw std::invalid_argument(std::string(function) + ": " + reference_name + " is " +
                              shape_text(reference.rows, reference.cols) + " but " + name + " is " +
                              shape_text(matrix.rows, matrix.cols) + ": " + name + " needs " + needed);
}

void check_not_empty(const char* function, const char* name, const Matrix& matrix) {
  if (matrix.size() > 0) return;
  throw std::invalid_argument(std::string(function) + ": " + name + " is " + shape_text(matrix.rows, matrix.cols) +
                              ": a mean needs 1 " + (matrix.rows == 0 ? "row" : "column") + " or more");
}

void refuse_same(const char* function, const char* out_name, const char* name) {
  throw std::invalid_argument(std::string(function) + ": " + out_name + " is " + name +
                              ": an output must not be an input of the same call");
}

}  // namespace handgrad
