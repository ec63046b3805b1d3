#include "src/matrix/columns.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("by_columns takes every column once, with the same column of every matrix") {
  for (int cols = 0; cols <= 120; ++cols) {
    CAPTURE(cols);
    Matrix x(3, cols), number(1, cols), y(3, cols), calls(1, cols);
    for (int k = 0; k < x.size(); ++k) x[k] = static_cast<Real>(100 + k);
    for (int j = 0; j < cols; ++j) number[j] = static_cast<Real>(j);
    by_columns(
        cols,
        [](auto in, auto row, auto out, auto count) {
          for (int i = 0; i < in.rows; ++i) {
            for (int j = 0; j < in.cols; ++j) out(i, j) = in(i, j) + row(0, j);
          }
          for (int j = 0; j < count.cols; ++j) count(0, j) += 1;
        },
        x, number, y, calls);
    for (int j = 0; j < cols; ++j) {
      CHECK(calls(0, j) == 1);
      for (int i = 0; i < 3; ++i) CHECK(y(i, j) == x(i, j) + static_cast<Real>(j));
    }
  }
}

#ifdef HANDGRAD_CHECKING
TEST_CASE("the checking build refuses an index outside the columns that a loop was handed") {
  Matrix x(2, 3);
  CHECK_THROWS_WITH(by_columns(
                        3, [](auto columns) { columns(1, 3) = 0; }, x),
                    "row 1, column 3 asked of a 2×3 matrix (rows and columns count from 0)");
}
#endif
