#include "src/checking/diagnosis.h"

#include <doctest/doctest.h>

#include <limits>

using namespace handgrad;

namespace {

const Matrix& right() {
  static const Matrix m{{1, -2, 3.5}, {0.25, 4, -5}};
  return m;
}

Matrix times(Matrix m, Real factor) {
  for (Real& value : m.values) value *= factor;
  return m;
}

std::string cause_of(const Matrix& yours, const std::vector<Term>& terms = {}) {
  return likely_cause({yours, right(), 7, {terms, {}}, ""});
}

}  // namespace

TEST_CASE("an error of a simple shape has a name") {
  CHECK(cause_of(times(right(), -1)) == "the sign is flipped");
  CHECK(cause_of(times(right(), 7)) == "a constant factor: yours is n = 7 times what it should be");
  CHECK(cause_of(times(right(), Real(1) / 7)) == "a constant factor: yours is 1/n = 1/7 times what it should be");
  CHECK(cause_of(times(right(), 2)) == "a constant factor: yours is 2 times what it should be");
  CHECK(cause_of(times(right(), 0.5)) == "a constant factor: yours is 1/2 times what it should be");
  CHECK(cause_of(times(right(), -3)) == "a constant factor: yours is -3 times what it should be");
  CHECK(cause_of(times(right(), 0.77)) == "a constant factor: yours is 0.77 times what it should be");
  CHECK(cause_of(Matrix(2, 3)) == "it is 0 everywhere");
  CHECK(cause_of(Matrix{{3.5, 1, -2}, {-5, 0.25, 4}}) == "it is shifted by one column");
  CHECK(cause_of(Matrix{{0.25, 4, -5}, {1, -2, 3.5}}) == "it is shifted by one row");
  CHECK(cause_of(Matrix{{1, 1, 1}, {2, 2, 2}}) == "");
}

TEST_CASE("what was never written, or has another shape, is said so") {
  CHECK(cause_of(Matrix()) == "it was never given a shape: is it computed at all?");
  CHECK(cause_of(Matrix(3, 2)) == "yours is 3×2, it should be 2×3");
  Matrix unwritten = right();
  unwritten(1, 2) = std::numeric_limits<Real>::quiet_NaN();
  CHECK(cause_of(unwritten) == "NaN in 1 of 6 elements: never written, or added to (+=) before they were set");
  unwritten(1, 2) = std::numeric_limits<Real>::infinity();
  CHECK(cause_of(unwritten) == "some of its elements are infinite: a division by 0?");
}

TEST_CASE("a transposed square matrix is recognised") {
  const Matrix square{{1, 2}, {3, 4}}, turned{{1, 3}, {2, 4}};
  CHECK(likely_cause({turned, square, 3}) == "rows and columns are exchanged");
}

TEST_CASE("a term that is missing, doubled or has the wrong sign is named") {
  const Matrix a{{1, 0, 3}, {-1, 2, 0.5}};
  Matrix b = right();
  for (std::size_t k = 0; k < b.values.size(); ++k) b.values[k] -= a.values[k];
  const std::vector<Term> terms{{"the path through a", a}, {"the path through b", b}};
  const auto with = [&](Real factor_a, Real factor_b) {
    Matrix sum = a;
    for (std::size_t k = 0; k < sum.values.size(); ++k) {
      sum.values[k] = factor_a * a.values[k] + factor_b * b.values[k];
    }
    return sum;
  };
  CHECK(cause_of(with(0, 1), terms) == "a term is missing: yours is the gradient without the path through a");
  CHECK(cause_of(with(1, 0), terms) == "a term is missing: yours is the gradient without the path through b");
  CHECK(cause_of(with(1, -1), terms) == "the sign of one term is flipped: the path through b");
  CHECK(cause_of(with(2, 1), terms) ==
        "one term is off by a constant factor: the path through a is in yours 2 times what it should be");
  CHECK(cause_of(with(1, 7), terms) ==
        "one term is off by a constant factor: the path through b is in yours n = 7 times what it should be");
}

TEST_CASE("a gradient that equals what a known mistake makes of it is given the mistake's name") {
  Comparison comparison{Matrix{{9, 8, 7}, {6, 5, 4}}, right(), 3};
  comparison.hints.mistakes = {{"another mistake", Matrix(2, 3, 1)}, {"the skip branch forgotten", comparison.yours}};
  CHECK(likely_cause(comparison) == "the skip branch forgotten");
}
