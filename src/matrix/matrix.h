#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <vector>

// Such a build takes every comparison with NaN for true, and so do the checks and the tests.
#ifdef __FINITE_MATH_ONLY__
#if __FINITE_MATH_ONLY__
#error "handgrad needs NaN: no -ffast-math and no -ffinite-math-only in CXXFLAGS"
#endif
#endif

namespace handgrad {

// The number type of the whole project. The lessons use float, as the lecture does. The checking build compiles the
// same sources with double: a central difference in float has too few digits to judge a gradient.
#ifdef HANDGRAD_CHECKING
using Real = double;
#else
using Real = float;
#endif

// Whether a routine takes a matrix as it lies in memory or transposed: op(A) = A or op(A) = Aᵀ.
enum class Op { as_is, transposed };

#ifdef HANDGRAD_CHECKING
// Throws std::out_of_range unless a rows × cols matrix has an element (i, j).
[[noreturn]] void refuse_index(int rows, int cols, int i, int j);
inline void check_index(int rows, int cols, int i, int j) {
  if (i < 0 || i >= rows || j < 0 || j >= cols) refuse_index(rows, cols, i, j);
}
#else
inline void check_index(int, int, int, int) {}
#endif

// rows × cols numbers, stored row after row. A row is a sample, a column a feature or a unit. A weight matrix W is
// inputs × outputs, as in l = x W + b; a bias is one row.
//
// The checking build also refuses an index outside the matrix, and fills a matrix with NaN when it is resized. So a
// backward function that leaves an element unwritten, or adds where it should overwrite, cannot go unseen.
struct Matrix {
  int rows = 0;
  int cols = 0;
  std::vector<Real> values;

  Matrix() = default;
  // All elements equal fill. Throws std::invalid_argument if a size is negative.
  Matrix(int row_count, int col_count, Real fill = 0);
  // Written out row by row: Matrix{{1, 2}, {3, 4}}. Throws std::invalid_argument if the rows differ in length.
  Matrix(std::initializer_list<std::initializer_list<Real>> written_rows);

  // Gives the matrix a shape and keeps its storage where that suffices; what the elements hold is left open. Throws
  // std::invalid_argument if a size is negative.
  void resize(int row_count, int col_count);
  // Makes every element equal value.
  void fill(Real value) { std::fill(values.begin(), values.end(), value); }

  int size() const { return rows * cols; }
  Real* data() { return values.data(); }
  const Real* data() const { return values.data(); }
  // Row i; one past the last row is the end of the numbers.
  Real* row(int i) { return data() + offset(i, 0); }
  const Real* row(int i) const { return data() + offset(i, 0); }

  Real& operator()(int i, int j) {
    check_index(rows, cols, i, j);
    return data()[offset(i, j)];
  }
  Real operator()(int i, int j) const {
    check_index(rows, cols, i, j);
    return data()[offset(i, j)];
  }

  // Element number k from 0, row after row, for loops in which rows and columns play no part.
  Real& operator[](int k) {
    check_number(k);
    return data()[k];
  }
  Real operator[](int k) const {
    check_number(k);
    return data()[k];
  }

 private:
  void reshape(int row_count, int col_count);
  std::ptrdiff_t offset(int i, int j) const { return static_cast<std::ptrdiff_t>(i) * cols + j; }
#ifdef HANDGRAD_CHECKING
  void check_number(int k) const {
    if (k < 0 || k >= size()) refuse_number(k);
  }
  [[noreturn]] void refuse_number(int k) const;
#else
  void check_number(int) const {}
#endif
};

inline void Matrix::resize(int row_count, int col_count) {
  const bool has_shape = row_count == rows && col_count == cols && values.size() == static_cast<std::size_t>(size());
  if (!has_shape) reshape(row_count, col_count);
#ifdef HANDGRAD_CHECKING
  fill(std::numeric_limits<Real>::quiet_NaN());
#endif
}

// Whether both have the same number of rows and of columns.
bool same_shape(const Matrix& a, const Matrix& b);

// sum = a + b, element by element; sum may be a or b. Throws std::invalid_argument if the shapes differ.
void add(const Matrix& a, const Matrix& b, Matrix& sum);

// Where check_shape is to accept any number of rows or columns.
constexpr int any = -1;

// Throws what check_shape throws.
[[noreturn]] void refuse_shape(const char* function, const char* reference_name, const Matrix& reference,
                               const char* name, const Matrix& matrix, int rows, int cols);

// Throws std::invalid_argument unless `matrix` is rows × cols, where `any` fits every number. The line names the
// function, the matrix, and the matrix that it has to suit:
//   fully_connected_forward: x is 20×4 but W is 10×10: W needs 4 rows
inline void check_shape(const char* function, const char* reference_name, const Matrix& reference, const char* name,
                        const Matrix& matrix, int rows, int cols) {
  const bool rows_fit = rows == any || matrix.rows == rows;
  const bool cols_fit = cols == any || matrix.cols == cols;
  if (!rows_fit || !cols_fit) refuse_shape(function, reference_name, reference, name, matrix, rows, cols);
}

// Throws std::invalid_argument if the matrix has no element, so that there is no mean:
//   log_loss_forward: o is 0×3: a mean needs 1 row or more
void check_not_empty(const char* function, const char* name, const Matrix& matrix);

// Throws what check_distinct throws.
[[noreturn]] void refuse_same(const char* function, const char* out_name, const char* name);

// Throws std::invalid_argument if an output is an input of the same call, which would be read after it is overwritten:
//   gemm: C is B: an output must not be an input of the same call
inline void check_distinct(const char* function, const char* out_name, const Matrix& out, const char* name,
                           const Matrix& in) {
  if (&out == &in) refuse_same(function, out_name, name);
}

}  // namespace handgrad
