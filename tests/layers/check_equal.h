#pragma once

#include <doctest/doctest.h>

#include <cmath>

#include "src/matrix/matrix.h"

namespace handgrad {

inline void check_equal(const Matrix& found, const Matrix& expected, Real tolerance = Real(1e-12)) {
  REQUIRE(found.rows == expected.rows);
  REQUIRE(found.cols == expected.cols);
  for (int i = 0; i < expected.rows; ++i) {
    for (int j = 0; j < expected.cols; ++j) {
      CAPTURE(i);
      CAPTURE(j);
      CHECK(std::abs(found(i, j) - expected(i, j)) <= tolerance);
    }
  }
}

}  // namespace handgrad
