#include "src/matrix/matrix_vector.h"

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

// What lies beside the numbers that are written. The small arrays have one such number at their end, too.
constexpr Real untouched = 1234;

// What a row of the block's memory may be wider than the matrix.
constexpr int widenings[] = {0, 3};

std::string name(Op op) {
  return op == Op::as_is ? "A" : "Aᵀ";
}

// What y = alpha op(A) x + beta y must be, for a rows × cols matrix op(A) that is given row after row.
//
// A product A_ij x_j is rounded once, once more with alpha, and once with each of the cols additions that it
// can pass through: cols - 1 to the other products and one to beta y. beta y is rounded no more often. In
// whatever order the sum is taken,
//
//   |y_i - result| ≤ rounding_bound(cols + 2) (|alpha| Σ_j |A_ij| |x_j| + |beta| |y_i|)
std::vector<Expected> expected_gemv(int rows, int cols, Real alpha, const std::vector<Real>& op_a,
                                    const std::vector<Real>& x, Real beta, const std::vector<Real>& y) {
  std::vector<Expected> expected;
  for (int i = 0; i < rows; ++i) {
    const Real* a_row = op_a.data() + static_cast<std::ptrdiff_t>(i) * cols;
    long double sum = 0;
    long double size = 0;
    for (int j = 0; j < cols; ++j) {
      const long double product = static_cast<long double>(a_row[j]) * x.data()[j];
      sum += product;
      size += std::abs(product);
    }
    sum *= alpha;
    size *= std::abs(alpha);
    if (beta != 0) {
      sum += static_cast<long double>(beta) * y.data()[i];
      size += std::abs(static_cast<long double>(beta) * y.data()[i]);
    }
    expected.push_back({sum, rounding_bound(cols + 2) * size});
  }
  return expected;
}

// Both ops, with and without padding, for one shape of op(A). With beta = 0 the old y is NaN.
void check_gemv(int rows, int cols, Real alpha, Real beta, std::mt19937& random) {
  const std::vector<Real> op_a = some_numbers(Numbers::fractions, rows * cols, random);
  const std::vector<Real> x = some_numbers(Numbers::fractions, cols, random);
  std::vector<Real> y = some_numbers(Numbers::fractions, rows, random);
  if (beta == 0) y.assign(y.size(), not_a_number);
  const std::vector<Expected> expected = expected_gemv(rows, cols, alpha, op_a, x, beta, y);

  const Block x_block = vector_of(x, not_a_number);
  for (const Op op : {Op::as_is, Op::transposed}) {
    for (const int wider : widenings) {
      const Block a = block_of(op, rows, cols, op_a, wider, not_a_number);
      Block result = vector_of(y, untouched);
      gemv(op, a.rows, a.cols, alpha, a.row(0), a.ld, x_block.row(0), beta, result.data());
      INFO("y = ", alpha, " ", name(op), " x + ", beta, " y, A is ", a.rows, "×", a.cols, ", lda ", a.ld);
      REQUIRE(difference(result, expected) == "");
    }
  }
}

// With and without padding, which must stay as it was.
void check_ger(int m, int n, Real alpha, std::mt19937& random) {
  const std::vector<Real> x = some_numbers(Numbers::fractions, m, random);
  const std::vector<Real> y = some_numbers(Numbers::fractions, n, random);
  const std::vector<Real> a = some_numbers(Numbers::fractions, m * n, random);
  std::vector<Expected> expected;
  const Real* a_ij = a.data();
  for (const Real x_i : x) {
    for (const Real y_j : y) {
      const long double product = static_cast<long double>(alpha) * x_i * y_j;
      // Three roundings: two products, one sum.
      expected.push_back({product + *a_ij, rounding_bound(3) * (std::abs(product) + std::abs(*a_ij))});
      ++a_ij;
    }
  }

  for (const int wider : widenings) {
    Block result = block_of(Op::as_is, m, n, a, wider, untouched);
    ger(m, n, alpha, vector_of(x, not_a_number).row(0), vector_of(y, not_a_number).row(0), result.data(), result.ld);
    INFO("A = ", alpha, " x yᵀ + A, A is ", m, "×", n, ", lda ", result.ld);
    REQUIRE(difference(result, expected) == "");
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

TEST_CASE("ger, by hand") {
  const Real x[] = {1, -2};
  const Real y[] = {3, 4, 5};
  Real a[] = {1, 1, 1,  //
              2, 2, 2, untouched};
  ger(2, 3, 2, x, y, a, 3);
  CHECK(a[0] == 7);  // 2 · 1 · 3 + 1
  CHECK(a[1] == 9);
  CHECK(a[2] == 11);
  CHECK(a[3] == -10);  // 2 · -2 · 3 + 2
  CHECK(a[4] == -14);
  CHECK(a[5] == -18);

  // The left column of A: a block with lda above n.
  ger(2, 1, 1, x, y, a, 3);
  CHECK(a[0] == 10);
  CHECK(a[1] == 9);
  CHECK(a[2] == 11);
  CHECK(a[3] == -16);
  CHECK(a[4] == -14);
  CHECK(a[5] == -18);
  CHECK(a[6] == untouched);
}

TEST_CASE("ger agrees with the definition for every size up to 17 and leaves the padding alone") {
  std::mt19937 random(5);
  for (int m = 1; m <= 17; ++m) {
    for (int n = 1; n <= 17; ++n) {
      for (const Real alpha : {Real(0), Real(1), Real(-1.3)}) check_ger(m, n, alpha, random);
    }
  }
}

TEST_CASE("ger agrees with the definition for larger sizes") {
  std::mt19937 random(6);
  const int sizes[][2] = {{33, 65}, {127, 129}, {1, 301}, {301, 1}};
  for (const auto& size : sizes) check_ger(size[0], size[1], Real(0.3), random);
}

TEST_CASE("ger with an empty vector writes nothing") {
  std::mt19937 random(7);
  for (const int size : {0, 1, 9}) {
    check_ger(size, 0, 2, random);
    check_ger(0, size, 2, random);
  }
  CHECK_NOTHROW(ger(0, 0, 1, nullptr, nullptr, nullptr, 0));
}

TEST_CASE("gemv and ger refuse bad sizes and write nothing") {
  Real a[] = {1, 2, 3, 4};
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
  CHECK_THROWS_WITH_AS(ger(-1, 2, 1, x, x, a, 2),
                       "ger: A is -1×2 with lda 2: sizes must not be negative, nor lda below 2", std::invalid_argument);
  CHECK_THROWS_WITH_AS(ger(2, -1, 1, x, x, a, 2),
                       "ger: A is 2×-1 with lda 2: sizes must not be negative, nor lda below -1",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(ger(2, 2, 1, x, x, a, 1),
                       "ger: A is 2×2 with lda 1: sizes must not be negative, nor lda below 2", std::invalid_argument);
  CHECK(y[0] == 5);
  CHECK(y[1] == 6);
  CHECK(a[0] == 1);
  CHECK(a[1] == 2);
  CHECK(a[2] == 3);
  CHECK(a[3] == 4);
}
