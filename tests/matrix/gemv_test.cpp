#include "src/matrix/gemv.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/matrix/reference.h"

using namespace handgrad;

namespace {

// What a row of the block's memory may be wider than the matrix.
constexpr int widenings[] = {0, 3};

std::string name(Op op) {
  return op == Op::as_is ? "A" : "Aᵀ";
}

// Both ops, with and without padding, for one shape of op(A). With beta = 0 the old y is NaN.
void check_gemv(int rows, int cols, Real alpha, Real beta, std::mt19937& random) {
  const std::vector<Real> op_a = some_numbers(Numbers::fractions, rows * cols, random);
  const std::vector<Real> x = some_numbers(Numbers::fractions, cols, random);
  std::vector<Real> y = some_numbers(Numbers::fractions, rows, random);
  if (beta == 0) y.assign(y.size(), not_a_number);
  const std::vector<Expected> expected = expected_product(Numbers::fractions, rows, 1, cols, alpha, op_a, x, beta, y);

  const Block x_block = vector_of(x, not_a_number);
  for (const Op op : ops) {
    for (const int wider : widenings) {
      const Block a = block_of(op, rows, cols, op_a, wider, not_a_number);
      Block result = vector_of(y, untouched);
      gemv(op, a.rows, a.cols, alpha, a.row(0), a.ld, x_block.row(0), beta, result.data());
      INFO("y = ", alpha, " ", name(op), " x + ", beta, " y, A is ", a.rows, "×", a.cols, ", lda ", a.ld);
      REQUIRE(difference(result, expected) == "");
    }
  }
}

}  // namespace

TEST_CASE("gemv, by hand") {
  const Real a[] = {1, 2, 3,  //
                    4, 5, 6};
  const Real x3[] = {1, -1, 2};
  Real y2[] = {10, 20, untouched};
  gemv(Op::as_is, 2, 3, 1, a, 3, x3, 0, y2);
  CHECK(y2[0] == 5);   // 1 - 2 + 6
  CHECK(y2[1] == 11);  // 4 - 5 + 12
  gemv(Op::as_is, 2, 3, -2, a, 3, x3, 3, y2);
  CHECK(y2[0] == 5);   // -2 · 5 + 3 · 5
  CHECK(y2[1] == 11);  // -2 · 11 + 3 · 11

  const Real x2[] = {10, 1};
  Real y3[] = {1, 2, 3, untouched};
  gemv(Op::transposed, 2, 3, 1, a, 3, x2, 1, y3);
  CHECK(y3[0] == 15);  // 10 + 4 + 1
  CHECK(y3[1] == 27);  // 20 + 5 + 2
  CHECK(y3[2] == 39);  // 30 + 6 + 3
  CHECK(y3[3] == untouched);

  // The left two columns of A: a block with lda above n.
  gemv(Op::as_is, 2, 2, 1, a, 3, x2, 0, y2);
  CHECK(y2[0] == 12);
  CHECK(y2[1] == 45);
  CHECK(y2[2] == untouched);
}

TEST_CASE("gemv agrees with the definition for every size up to 17") {
  std::mt19937 random(1);
  for (int rows = 1; rows <= 17; ++rows) {
    for (int cols = 1; cols <= 17; ++cols) {
      check_gemv(rows, cols, 1, 0, random);
      check_gemv(rows, cols, Real(-1.3), Real(0.7), random);
    }
  }
}

TEST_CASE("gemv agrees with the definition for larger sizes") {
  std::mt19937 random(2);
  const int sizes[][2] = {{33, 65}, {127, 129}, {1, 301}, {301, 1}, {3, 1025}, {1025, 3}};
  for (const auto& size : sizes) {
    check_gemv(size[0], size[1], 1, 0, random);
    check_gemv(size[0], size[1], Real(-1.3), Real(0.7), random);
  }
}

TEST_CASE("gemv agrees with the definition for every kind of alpha and beta") {
  std::mt19937 random(3);
  for (const Real alpha : {Real(0), Real(1), Real(-1), Real(0.3)}) {
    for (const Real beta : {Real(0), Real(1), Real(-1), Real(2.6)}) {
      check_gemv(5, 7, alpha, beta, random);
      check_gemv(18, 35, alpha, beta, random);
    }
  }
}

TEST_CASE("gemv over an empty sum only scales y, and an empty y stays empty") {
  std::mt19937 random(4);
  for (const Real beta : {Real(0), Real(1), Real(2)}) {
    for (const int size : {1, 2, 9}) {
      check_gemv(size, 0, Real(0.3), beta, random);
      check_gemv(0, size, Real(0.3), beta, random);
    }
    check_gemv(0, 0, Real(0.3), beta, random);
  }

  Real y[] = {3, not_a_number, untouched};
  gemv(Op::as_is, 1, 0, 1, nullptr, 0, nullptr, 2, y);
  CHECK(y[0] == 6);
  gemv(Op::transposed, 0, 2, 1, nullptr, 2, nullptr, 0, y);
  CHECK(y[0] == 0);
  CHECK(y[1] == 0);
  CHECK(y[2] == untouched);
}

TEST_CASE("with alpha = 0 gemv does not read A and x") {
  const Real nan[] = {not_a_number, not_a_number, not_a_number, not_a_number};
  for (const Op op : ops) {
    Real y[] = {1, 2};
    gemv(op, 2, 2, 0, nan, 2, nan, 3, y);
    CHECK(y[0] == 3);
    CHECK(y[1] == 6);
  }
}

TEST_CASE("gemv refuses an output that is an input, and writes nothing") {
  Real a[] = {1, 2, 3, 4}, x[] = {5, 6, 7};
  const char* const overlaps_x = "gemv: y overlaps x: an output must not be an input of the same call";
  const char* const overlaps_a = "gemv: y overlaps A: an output must not be an input of the same call";
  for (const Op op : ops) {
    CHECK_THROWS_WITH_AS(gemv(op, 2, 2, 1, a, 2, x, 0, x), overlaps_x, std::invalid_argument);
    CHECK_THROWS_WITH_AS(gemv(op, 2, 2, 1, a, 2, x, 0, x + 1), overlaps_x, std::invalid_argument);
    CHECK_THROWS_WITH_AS(gemv(op, 2, 2, 1, a, 2, x, 0, a + 2), overlaps_a, std::invalid_argument);
  }
  CHECK(a[2] == 3);
  CHECK(x[0] == 5);
  CHECK(x[1] == 6);
  gemv(Op::as_is, 1, 2, 1, a, 2, x, 0, x + 2);  // beside
  CHECK(x[2] == 17);
}

TEST_CASE("gemv lets a NaN in A or x through") {
  const Real a[] = {0, not_a_number,  //
                    0, 0};
  const Real zeros[] = {0, 0};
  const Real ones[] = {1, 1};
  Real y[] = {1, 1};
  gemv(Op::as_is, 2, 2, 1, a, 2, zeros, 0, y);
  CHECK(std::isnan(y[0]));
  CHECK(y[1] == 0);
  gemv(Op::transposed, 2, 2, 1, a, 2, zeros, 0, y);
  CHECK(y[0] == 0);
  CHECK(std::isnan(y[1]));

  const Real x[] = {not_a_number, 1};
  gemv(Op::as_is, 1, 2, 1, zeros, 2, x, 1, y);
  CHECK(std::isnan(y[0]));
  y[0] = 1;
  gemv(Op::as_is, 1, 2, 1, ones, 2, ones, 1, y);
  CHECK(y[0] == 3);
}

TEST_CASE("gemv refuses bad sizes and writes nothing") {
  const Real a[] = {1, 2, 3, 4};
  const Real x[] = {1, 2};
  Real y[] = {5, 6};
  CHECK_THROWS_WITH_AS(gemv(Op::as_is, -1, 3, 1, a, 3, x, 0, y),
                       "gemv: A is -1×3 with lda 3: sizes must not be negative, nor lda below 3",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemv(Op::transposed, 3, -2, 1, a, 3, x, 0, y),
                       "gemv: A is 3×-2 with lda 3: sizes must not be negative, nor lda below -2",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemv(Op::as_is, 2, 2, 1, a, 1, x, 0, y),
                       "gemv: A is 2×2 with lda 1: sizes must not be negative, nor lda below 2", std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemv(Op::transposed, 2, 2, 1, a, 1, x, 0, y),
                       "gemv: A is 2×2 with lda 1: sizes must not be negative, nor lda below 2", std::invalid_argument);
  CHECK(y[0] == 5);
  CHECK(y[1] == 6);
}
