#include "src/checking/numeric_gradient.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace handgrad;

TEST_CASE("numeric_gradient finds the derivative of x³ and leaves x as it was") {
  Matrix x{{1, -2}, {0.5, 3}}, grad, uncertainty;
  const Matrix before = x;
  const auto loss = [&] {
    Real sum = 0;
    for (const Real value : x.values) sum += value * value * value;
    return sum;
  };
  numeric_gradient(loss, x, grad, uncertainty);
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j) CHECK(grad(i, j) == doctest::Approx(3 * x(i, j) * x(i, j)).epsilon(1e-9));
  }
  CHECK(x.values == before.values);
}

TEST_CASE("worst_element names the element that differs most, relative to its size or the floor") {
  const Matrix numeric{{1, 100, 1e-12}, {4, 5, 6}};
  Matrix yours = numeric;
  CHECK(worst_element(yours, numeric, 1e-9).relative_error == 0);
  yours(0, 1) = 101;
  yours(1, 2) = -6;
  const WorstElement worst = worst_element(yours, numeric, 1e-9);
  CHECK(worst.relative_error == doctest::Approx(2));
  CHECK(worst.row == 1);
  CHECK(worst.col == 2);

  // Both far below the floor: their difference is measured against it.
  CHECK(worst_element(Matrix{{3e-12}}, Matrix{{1e-12}}, 1e-9).relative_error == doctest::Approx(2e-3));
}

TEST_CASE("worst_element takes a NaN on either side for the worst of all") {
  Matrix yours{{1, 2}}, numeric{{1, 2}};
  yours(0, 1) = std::numeric_limits<Real>::quiet_NaN();
  CHECK(std::isinf(worst_element(yours, numeric, 1e-9).relative_error));
  CHECK(std::isinf(worst_element(numeric, yours, 1e-9).relative_error));
}

TEST_CASE("weighted_sum multiplies element by element") {
  CHECK(weighted_sum(Matrix{{1, 2}, {3, 4}}, Matrix{{10, -1}, {0.5, 2}}) == doctest::Approx(17.5));
}

TEST_CASE("random_matrix repeats itself, keeps away from 0 and has both signs") {
  const Matrix m = random_matrix(20, 10, 7);
  CHECK(m.values == random_matrix(20, 10, 7).values);
  CHECK(m.values != random_matrix(20, 10, 8).values);
  int negative = 0;
  for (const Real value : m.values) {
    CHECK(std::abs(value) >= 0.1);
    CHECK(std::abs(value) <= 1);
    if (value < 0) ++negative;
  }
  CHECK(negative > 50);
  CHECK(negative < 150);
}
