#include "src/matrix/vector.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/matrix/reference.h"

using namespace handgrad;

namespace {

// Every length that a loop taken 4, 8, 16 or 32 numbers at a time treats differently, and two long ones.
std::vector<int> lengths() {
  std::vector<int> all;
  for (int n = 0; n <= 33; ++n) all.push_back(n);
  all.push_back(257);
  all.push_back(1001);
  return all;
}

// Empty if the number lies within its bound.
std::string difference(Real result, const Expected& expected) {
  return difference(vector_of({result}, 0), {expected});
}

}  // namespace

TEST_CASE("dot, by hand") {
  const Real x[] = {1, 2, 3};
  const Real y[] = {4, -5, 6};
  CHECK(dot(3, x, y) == 12);  // 4 - 10 + 18
  CHECK(dot(2, x, y) == -6);
  CHECK(dot(3, x, x) == 14);  // 1 + 4 + 9
  CHECK(dot(0, x, y) == 0);
  CHECK(dot(0, nullptr, nullptr) == 0);
}

TEST_CASE("axpy, by hand") {
  const Real x[] = {1, 2, 3};
  Real y[] = {10, 20, 30, untouched};
  axpy(3, -2, x, y);
  CHECK(y[0] == 8);
  CHECK(y[1] == 16);
  CHECK(y[2] == 24);

  axpy(2, Real(0.5), x, y);
  CHECK(y[0] == 8.5);
  CHECK(y[1] == 17);
  CHECK(y[2] == 24);

  axpy(3, 0, x, y);
  CHECK(y[0] == 8.5);
  CHECK(y[1] == 17);
  CHECK(y[2] == 24);

  axpy(0, 3, x, y);
  CHECK(y[0] == 8.5);
  CHECK(y[3] == untouched);
  CHECK_NOTHROW(axpy(0, 3, nullptr, nullptr));
}

TEST_CASE("scal, by hand") {
  Real x[] = {1, -2, 3, untouched};
  scal(3, -3, x);
  CHECK(x[0] == -3);
  CHECK(x[1] == 6);
  CHECK(x[2] == -9);

  scal(2, Real(0.5), x);
  CHECK(x[0] == -1.5);
  CHECK(x[1] == 3);
  CHECK(x[2] == -9);

  scal(3, 1, x);
  CHECK(x[0] == -1.5);
  CHECK(x[1] == 3);
  CHECK(x[2] == -9);

  scal(0, 0, x);
  CHECK(x[0] == -1.5);
  CHECK(x[3] == untouched);
  CHECK_NOTHROW(scal(0, 2, nullptr));
  CHECK_NOTHROW(scal(0, 0, nullptr));
}

TEST_CASE("asum, by hand") {
  const Real x[] = {1, -2, 3, Real(-4.5)};
  CHECK(asum(4, x) == 10.5);
  CHECK(asum(3, x) == 6);
  CHECK(asum(1, x + 1) == 2);
  CHECK(asum(0, x) == 0);
  CHECK(asum(0, nullptr) == 0);
}

TEST_CASE("a negative length is refused and nothing is written") {
  const Real x[] = {1, 2};
  Real y[] = {3, 4};
  CHECK_THROWS_WITH_AS(dot(-1, x, y), "dot: n is -1, below 0", std::invalid_argument);
  CHECK_THROWS_WITH_AS(axpy(-2, 1, x, y), "axpy: n is -2, below 0", std::invalid_argument);
  CHECK_THROWS_WITH_AS(scal(-3, 2, y), "scal: n is -3, below 0", std::invalid_argument);
  CHECK_THROWS_WITH_AS(scal(-3, 0, y), "scal: n is -3, below 0", std::invalid_argument);
  CHECK_THROWS_WITH_AS(asum(-4, x), "asum: n is -4, below 0", std::invalid_argument);
  CHECK(y[0] == 3);
  CHECK(y[1] == 4);
}

TEST_CASE("dot agrees with the definition for every length up to 33") {
  std::mt19937 random(1);
  for (const int n : lengths()) {
    const std::vector<Real> x = some_numbers(Numbers::fractions, n, random);
    const std::vector<Real> y = some_numbers(Numbers::fractions, n, random);
    long double sum = 0;
    long double size = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      sum += static_cast<long double>(x[i]) * y[i];
      size += std::abs(static_cast<long double>(x[i]) * y[i]);
    }
    // A product is rounded once, and then with each of the n - 1 additions that it can pass through.
    const Expected expected{sum, rounding_bound(n) * size};
    CAPTURE(n);
    REQUIRE(difference(dot(n, vector_of(x, not_a_number).row(0), vector_of(y, not_a_number).row(0)), expected) == "");
  }
}

TEST_CASE("asum agrees with the definition for every length up to 33") {
  std::mt19937 random(2);
  for (const int n : lengths()) {
    const std::vector<Real> x = some_numbers(Numbers::fractions, n, random);
    long double sum = 0;
    for (const Real x_i : x) sum += std::abs(static_cast<long double>(x_i));
    // n - 1 additions, no product.
    const Expected expected{sum, rounding_bound(n) * sum};
    CAPTURE(n);
    REQUIRE(difference(asum(n, vector_of(x, not_a_number).row(0)), expected) == "");
  }
}

TEST_CASE("axpy agrees with the definition for every length up to 33 and writes nothing else") {
  std::mt19937 random(3);
  for (const int n : lengths()) {
    for (const Real alpha : {Real(0), Real(1), Real(-1), Real(0.3)}) {
      const std::vector<Real> x = some_numbers(Numbers::fractions, n, random);
      const std::vector<Real> y = some_numbers(Numbers::fractions, n, random);
      std::vector<Expected> expected;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const long double product = static_cast<long double>(alpha) * x[i];
        // Two roundings: the product, the sum.
        expected.push_back({product + y[i], rounding_bound(2) * (std::abs(product) + std::abs(y[i]))});
      }
      Block result = vector_of(y, untouched);
      axpy(n, alpha, vector_of(x, not_a_number).row(0), result.data());
      CAPTURE(n);
      CAPTURE(alpha);
      REQUIRE(difference(result, expected) == "");
    }
  }
}

TEST_CASE("scal agrees with the definition for every length up to 33 and writes nothing else") {
  std::mt19937 random(4);
  for (const int n : lengths()) {
    for (const Real alpha : {Real(0), Real(1), Real(-1), Real(0.3)}) {
      const std::vector<Real> x = some_numbers(Numbers::fractions, n, random);
      std::vector<Expected> expected;
      // One product, rounded once: there is only one right answer.
      for (const Real x_i : x) expected.push_back({alpha * x_i, 0});
      Block result = vector_of(x, untouched);
      scal(n, alpha, result.data());
      CAPTURE(n);
      CAPTURE(alpha);
      REQUIRE(difference(result, expected) == "");
    }
  }
}

TEST_CASE("scal by 0 gives 0 whatever the vector held") {
  const Real infinity = std::numeric_limits<Real>::infinity();
  for (const int n : lengths()) {
    for (const Real held : {not_a_number, infinity, -infinity}) {
      const std::vector<Expected> zeros(static_cast<std::size_t>(n), Expected{0, 0});
      Block result = vector_of(std::vector<Real>(zeros.size(), held), untouched);
      scal(n, 0, result.data());
      CAPTURE(n);
      CAPTURE(held);
      REQUIRE(difference(result, zeros) == "");
    }
  }
}

TEST_CASE("a NaN in a vector reaches the result") {
  // Even where it meets a 0: the NaN of an element that nobody wrote must not hide behind a relu.
  const Real zeros[] = {0, 0, 0};
  const Real x[] = {0, not_a_number, 0};
  CHECK(std::isnan(dot(3, zeros, x)));
  CHECK(std::isnan(dot(3, x, zeros)));
  CHECK(std::isnan(asum(3, x)));

  Real y[] = {1, 2, 3};
  axpy(3, 2, x, y);
  CHECK(y[0] == 1);
  CHECK(std::isnan(y[1]));
  CHECK(y[2] == 3);

  scal(3, 2, y);
  CHECK(y[0] == 2);
  CHECK(std::isnan(y[1]));
  CHECK(y[2] == 6);
}
