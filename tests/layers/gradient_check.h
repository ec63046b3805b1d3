#pragma once

#include <doctest/doctest.h>

#include "src/checking/numeric_gradient.h"

namespace handgrad {

// In double precision a right gradient agrees with the central difference to about 1e-9; a wrong one differs
// in the first digits.
constexpr Real step = 1e-5;
constexpr Real bound = 1e-7;
constexpr Real floor_size = 1e-3;

// Checks grad_x, of shape x, against the central difference of `loss`, and that it is not merely all zero.
inline void check_gradient(const std::function<Real()>& loss, Matrix& x, const Matrix& grad_x) {
  Matrix numeric;
  numeric_gradient(loss, x, step, numeric);
  const WorstElement worst = worst_element(grad_x, numeric, floor_size);
  INFO("row ", worst.row, ", column ", worst.col, ": ", grad_x(worst.row, worst.col), ", numeric ",
       numeric(worst.row, worst.col));
  CHECK(worst.relative_error < bound);
  CHECK(weighted_sum(grad_x, grad_x) > 0);
}

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
