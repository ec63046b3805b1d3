#include "src/matrix/matrix.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

using namespace handgrad;

namespace {

// How many elements equal value.
int count_equal(const Matrix& matrix, Real value) {
  return static_cast<int>(std::count(matrix.values.begin(), matrix.values.end(), value));
}

}  // namespace

TEST_CASE("Real is float, and double in the checking build") {
#ifdef HANDGRAD_CHECKING
  CHECK(std::is_same<Real, double>::value);
#else
  CHECK(std::is_same<Real, float>::value);
#endif
}

TEST_CASE("a matrix made without arguments is empty") {
  const Matrix matrix;
  CHECK(matrix.rows == 0);
  CHECK(matrix.cols == 0);
  CHECK(matrix.size() == 0);
  CHECK(matrix.values.empty());
}

TEST_CASE("a new matrix has its shape and is filled with 0 or the given value") {
  const Matrix zeros(2, 3);
  CHECK(zeros.rows == 2);
  CHECK(zeros.cols == 3);
  CHECK(zeros.size() == 6);
  CHECK(zeros.values == std::vector<Real>{0, 0, 0, 0, 0, 0});

  const Matrix halves(3, 1, Real(0.5));
  CHECK(halves.rows == 3);
  CHECK(halves.cols == 1);
  CHECK(halves.values == std::vector<Real>{0.5, 0.5, 0.5});
}

TEST_CASE("a matrix may have no rows or no columns and still remembers the other size") {
  const Matrix no_rows(0, 4);
  CHECK(no_rows.rows == 0);
  CHECK(no_rows.cols == 4);
  CHECK(no_rows.size() == 0);
  CHECK(no_rows.values.empty());

  const Matrix no_columns(5, 0);
  CHECK(no_columns.rows == 5);
  CHECK(no_columns.cols == 0);
  CHECK(no_columns.size() == 0);
  CHECK(no_columns.values.empty());
}

TEST_CASE("a matrix can be written out row by row") {
  const Matrix matrix{{1, 2, 3}, {4, 5, 6}};
  CHECK(matrix.rows == 2);
  CHECK(matrix.cols == 3);
  CHECK(matrix(0, 0) == 1);
  CHECK(matrix(0, 1) == 2);
  CHECK(matrix(0, 2) == 3);
  CHECK(matrix(1, 0) == 4);
  CHECK(matrix(1, 1) == 5);
  CHECK(matrix(1, 2) == 6);

  // Two numbers in one row are two numbers, not a shape.
  const Matrix row{{2, 3}};
  CHECK(row.rows == 1);
  CHECK(row.cols == 2);
  CHECK(row.values == std::vector<Real>{2, 3});

  const Matrix column{{2}, {3}};
  CHECK(column.rows == 2);
  CHECK(column.cols == 1);
  CHECK(column.values == std::vector<Real>{2, 3});
}

TEST_CASE("rows that differ in length are refused") {
  CHECK_THROWS_WITH_AS((Matrix{{1, 2}, {3, 4, 5}}), "Matrix: a row of 3 numbers under one of 2", std::invalid_argument);
  CHECK_THROWS_WITH_AS((Matrix{{1, 2, 3}, {4, 5, 6}, {7, 8}}), "Matrix: a row of 2 numbers under one of 3",
                       std::invalid_argument);
}

TEST_CASE("elements lie row after row") {
  Matrix matrix(2, 3);
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 3; ++j) matrix(i, j) = static_cast<Real>(10 * i + j);
  }
  CHECK(matrix.values == std::vector<Real>{0, 1, 2, 10, 11, 12});
  CHECK(matrix.data() == matrix.values.data());
  CHECK(&matrix(1, 2) == matrix.data() + 5);

  const Matrix& constant = matrix;
  CHECK(constant.data() == matrix.data());
  CHECK(constant(1, 0) == 10);
  CHECK(constant(0, 2) == 2);
}

TEST_CASE("resize gives a matrix whose numbers were moved away its numbers again, in the same shape too") {
  Matrix from(2, 3, 7);
  const Matrix to = std::move(from);
  CHECK(to.values == std::vector<Real>(6, 7));
  from.resize(2, 3);  // NOLINT(bugprone-use-after-move): what is left is a matrix to write into
  CHECK(from.values.size() == 6);
  from.values.resize(5);
  from.resize(2, 3);
  CHECK(from.values.size() == 6);
}

TEST_CASE("row(i) points to the first element of row i") {
  Matrix matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
  for (int i = 0; i < 4; ++i) {
    CHECK(matrix.row(i) == matrix.data() + 3 * i);
    CHECK(matrix.row(i)[0] == static_cast<Real>(3 * i + 1));
    CHECK(matrix.row(i)[2] == static_cast<Real>(3 * i + 3));
  }
  matrix.row(2)[1] = -8;
  CHECK(matrix(2, 1) == -8);

  const Matrix& constant = matrix;
  CHECK(constant.row(3) == matrix.data() + 9);
}

TEST_CASE("a copy has its own elements") {
  const Matrix original{{1, 2}, {3, 4}};
  Matrix copy = original;
  copy(0, 1) = 20;
  CHECK(original.values == std::vector<Real>{1, 2, 3, 4});
  CHECK(copy.values == std::vector<Real>{1, 20, 3, 4});
}

TEST_CASE("fill makes every element the same") {
  Matrix matrix{{1, 2, 3}, {4, 5, 6}};
  matrix.fill(Real(-0.25));
  CHECK(matrix.rows == 2);
  CHECK(matrix.cols == 3);
  CHECK(count_equal(matrix, Real(-0.25)) == 6);
}

TEST_CASE("resize changes the shape") {
  Matrix matrix(2, 3);
  matrix.resize(4, 5);
  CHECK(matrix.rows == 4);
  CHECK(matrix.cols == 5);
  CHECK(matrix.size() == 20);
  CHECK(matrix.values.size() == 20);

  // The rows lie as far apart as the new shape says.
  matrix.fill(0);
  matrix(1, 0) = 7;
  CHECK(matrix.data()[5] == 7);

  matrix.resize(0, 3);
  CHECK(matrix.rows == 0);
  CHECK(matrix.cols == 3);
  CHECK(matrix.values.empty());
}

TEST_CASE("resize keeps the storage where that suffices") {
  Matrix matrix(4, 5);
  const Real* const storage = matrix.data();
  const int shapes[][2] = {{2, 3}, {5, 4}, {1, 1}, {20, 1}, {0, 5}, {1, 20}, {4, 5}};
  for (const auto& shape : shapes) {
    matrix.resize(shape[0], shape[1]);
    CAPTURE(shape[0]);
    CAPTURE(shape[1]);
    CHECK(matrix.rows == shape[0]);
    CHECK(matrix.cols == shape[1]);
    CHECK(matrix.values.size() == static_cast<std::size_t>(shape[0] * shape[1]));
    CHECK(matrix.data() == storage);
  }
}

TEST_CASE("negative sizes are refused and leave the matrix as it was") {
  CHECK_THROWS_WITH_AS(Matrix(-1, 3), "Matrix: a size of -1×3 is negative", std::invalid_argument);
  CHECK_THROWS_WITH_AS(Matrix(3, -2), "Matrix: a size of 3×-2 is negative", std::invalid_argument);
  CHECK_THROWS_WITH_AS(Matrix(-3, -2, 1), "Matrix: a size of -3×-2 is negative", std::invalid_argument);

  Matrix matrix{{1, 2}, {3, 4}};
  CHECK_THROWS_WITH_AS(matrix.resize(-4, 1), "Matrix: a size of -4×1 is negative", std::invalid_argument);
  CHECK_THROWS_WITH_AS(matrix.resize(0, -1), "Matrix: a size of 0×-1 is negative", std::invalid_argument);
  CHECK(matrix.rows == 2);
  CHECK(matrix.cols == 2);
  CHECK(matrix.values == std::vector<Real>{1, 2, 3, 4});
}

TEST_CASE("add, by hand") {
  const Matrix a{{1, 2, 3}, {4, 5, 6}};
  const Matrix b{{10, -20, 0.5}, {0, 5, -6}};
  Matrix sum(4, 5, 7);
  const Real* const storage = sum.data();
  add(a, b, sum);
  CHECK(sum.rows == 2);
  CHECK(sum.cols == 3);
  CHECK(sum.values == std::vector<Real>{11, -18, 3.5, 4, 10, 0});
  CHECK(sum.data() == storage);

  Matrix empty(3, 3);
  add(Matrix(0, 2), Matrix(0, 2), empty);
  CHECK(empty.rows == 0);
  CHECK(empty.cols == 2);
  CHECK(empty.values.empty());
}

TEST_CASE("the sum of add may be one of its operands, or both") {
  Matrix a{{1, 2}, {3, 4}};
  Matrix b{{10, 20}, {30, 40}};
  add(a, b, a);
  CHECK(a.values == std::vector<Real>{11, 22, 33, 44});
  CHECK(b.values == std::vector<Real>{10, 20, 30, 40});
  add(a, b, b);
  CHECK(a.values == std::vector<Real>{11, 22, 33, 44});
  CHECK(b.values == std::vector<Real>{21, 42, 63, 84});
  add(a, a, a);
  CHECK(a.values == std::vector<Real>{22, 44, 66, 88});
}

TEST_CASE("add refuses two shapes and leaves the sum as it was") {
  const Matrix a(2, 3);
  Matrix sum{{1, 2}};
  CHECK_THROWS_WITH_AS(add(a, Matrix(3, 2), sum), "add: a is 2×3 but b is 3×2: b needs 2 rows and 3 columns",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(add(a, Matrix(2, 1), sum), "add: a is 2×3 but b is 2×1: b needs 3 columns",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(add(a, Matrix(6, 3), sum), "add: a is 2×3 but b is 6×3: b needs 2 rows", std::invalid_argument);
  CHECK(sum.rows == 1);
  CHECK(sum.cols == 2);
  CHECK(sum.values == std::vector<Real>{1, 2});
}

TEST_CASE("check_shape says which matrix has to suit which, and how") {
  const Matrix x(20, 4);
  const Matrix W(10, 10);
  CHECK_THROWS_WITH_AS(check_shape("fully_connected_forward", "x", x, "W", W, 4, any),
                       "fully_connected_forward: x is 20×4 but W is 10×10: W needs 4 rows", std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("fully_connected_forward", "W", W, "b", x, 1, any),
                       "fully_connected_forward: W is 10×10 but b is 20×4: b needs 1 row", std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("relu_backward", "l", x, "grad_h", W, any, 4),
                       "relu_backward: l is 20×4 but grad_h is 10×10: grad_h needs 4 columns", std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("f", "x", x, "W", W, any, 1), "f: x is 20×4 but W is 10×10: W needs 1 column",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("relu_backward", "l", x, "grad_h", W, 20, 4),
                       "relu_backward: l is 20×4 but grad_h is 10×10: grad_h needs 20 rows and 4 columns",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("f", "x", x, "W", W, 1, 1),
                       "f: x is 20×4 but W is 10×10: W needs 1 row and 1 column", std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("f", "x", x, "W", W, 0, 0),
                       "f: x is 20×4 but W is 10×10: W needs 0 rows and 0 columns", std::invalid_argument);
}

TEST_CASE("check_shape names only the size that does not fit") {
  const Matrix x(20, 4);
  const Matrix W(10, 10);
  CHECK_THROWS_WITH_AS(check_shape("f", "x", x, "W", W, 4, 10), "f: x is 20×4 but W is 10×10: W needs 4 rows",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(check_shape("f", "x", x, "W", W, 10, 4), "f: x is 20×4 but W is 10×10: W needs 4 columns",
                       std::invalid_argument);
}

TEST_CASE("check_shape accepts what fits") {
  const Matrix x(20, 4);
  const Matrix W(4, 10);
  CHECK_NOTHROW(check_shape("f", "x", x, "W", W, 4, 10));
  CHECK_NOTHROW(check_shape("f", "x", x, "W", W, 4, any));
  CHECK_NOTHROW(check_shape("f", "x", x, "W", W, any, 10));
  CHECK_NOTHROW(check_shape("f", "x", x, "W", W, any, any));
  CHECK_NOTHROW(check_shape("f", "x", x, "W", Matrix(0, 4), 0, 4));
}

#ifdef HANDGRAD_CHECKING

TEST_CASE("the checking build refuses an index outside the matrix") {
  Matrix matrix{{1, 2, 3}, {4, 5, 6}};
  const Matrix& constant = matrix;
  CHECK_THROWS_WITH_AS(matrix(2, 0), "row 2, column 0 asked of a 2×3 matrix (rows and columns count from 0)",
                       std::out_of_range);
  CHECK_THROWS_WITH_AS(matrix(0, 3), "row 0, column 3 asked of a 2×3 matrix (rows and columns count from 0)",
                       std::out_of_range);
  CHECK_THROWS_WITH_AS(matrix(-1, 1), "row -1, column 1 asked of a 2×3 matrix (rows and columns count from 0)",
                       std::out_of_range);
  CHECK_THROWS_WITH_AS(matrix(1, -1), "row 1, column -1 asked of a 2×3 matrix (rows and columns count from 0)",
                       std::out_of_range);
  CHECK_THROWS_WITH_AS(constant(2, 3), "row 2, column 3 asked of a 2×3 matrix (rows and columns count from 0)",
                       std::out_of_range);
  CHECK_THROWS_AS(Matrix()(0, 0), std::out_of_range);

  // The corners are inside.
  CHECK(constant(0, 0) == 1);
  CHECK(constant(0, 2) == 3);
  CHECK(constant(1, 0) == 4);
  CHECK(matrix(1, 2) == 6);
}

TEST_CASE("the checking build fills a resized matrix with NaN, even when its shape stays") {
  Matrix matrix{{1, 2, 3}, {4, 5, 6}};
  const int shapes[][2] = {{2, 3}, {3, 2}, {1, 2}, {5, 7}};
  for (const auto& shape : shapes) {
    matrix.fill(1);
    matrix.resize(shape[0], shape[1]);
    const auto nans = std::count_if(matrix.values.begin(), matrix.values.end(), [](Real x) { return std::isnan(x); });
    CAPTURE(shape[0]);
    CAPTURE(shape[1]);
    CHECK(nans == shape[0] * shape[1]);
  }
}

#endif

TEST_CASE("same_shape compares rows and columns, not their product") {
  CHECK(same_shape(Matrix(2, 3), Matrix(2, 3)));
  CHECK(!same_shape(Matrix(2, 3), Matrix(2, 4)));
  CHECK(!same_shape(Matrix(2, 3), Matrix(4, 3)));
  CHECK(!same_shape(Matrix(2, 3), Matrix(3, 2)));
}
