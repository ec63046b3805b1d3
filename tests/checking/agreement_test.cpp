#include "src/checking/agreement.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace handgrad;

namespace {

// The loss Σ x³ and its gradient.
Real cubes(const Matrix& x) {
  Real sum = 0;
  for (const Real value : x.values) sum += value * value * value;
  return sum;
}

Matrix three_squares(const Matrix& x) {
  Matrix grad = x;
  for (int k = 0; k < x.size(); ++k) grad[k] = 3 * x[k] * x[k];
  return grad;
}

}  // namespace

TEST_CASE("a gradient of any size agrees, and one wrong element among thousands is found") {
  for (const int rows : {2, 100}) {
    Matrix x = random_matrix(rows, 90, 1);
    const Matrix right = three_squares(x);
    const auto loss = [&] { return cubes(x); };
    CHECK(agreement({right, x, loss}).error < 1e-8);
    Matrix wrong = right;
    wrong(rows - 1, 71) *= Real(1.1);
    const Question question{wrong, x, loss};
    CHECK(agreement(question).error > 1e-6);
    const Matrix numeric = numeric_for_diagnosis(question);
    const WorstElement worst = worst_element(wrong, numeric, 1e-3);
    CHECK(worst.row == rows - 1);
    CHECK(worst.col == 71);
    CHECK(numeric(rows - 1, 71) == doctest::Approx(right(rows - 1, 71)).epsilon(1e-7));
  }
}

TEST_CASE("gradients of several matrices agree at once, unless one is wrong") {
  Matrix x = random_matrix(4, 5, 1), z = random_matrix(3, 7, 2);
  const auto loss = [&] { return cubes(x) + 100 * cubes(z); };
  const Matrix grad_x = three_squares(x);
  Matrix grad_z = three_squares(z);
  for (Real& value : grad_z.values) value *= 100;
  CHECK(joint_agreement({{grad_x, x, loss}, {grad_z, z, loss}}).error < 1e-8);
  Matrix wrong = grad_x;
  wrong(2, 2) *= Real(1.01);
  CHECK(joint_agreement({{wrong, x, loss}, {grad_z, z, loss}}).error > 1e-6);
}

TEST_CASE("another shape, NaN, and a count of numbers that does not go with the shape are wrong") {
  Matrix x{{1, 2}};
  const auto loss = [&] { return cubes(x); };
  CHECK(std::isinf(agreement({Matrix{{3}, {12}}, x, loss}).error));
  CHECK(std::isinf(agreement({Matrix{{3, NAN}}, x, loss}).error));
  Matrix too_many{{3, 12}};
  too_many.values.push_back(0);
  CHECK(std::isinf(agreement({too_many, x, loss}).error));
}

TEST_CASE("a function that bends fast is no error: the steps become smaller") {
  Matrix x{{1e-6, 0.3}};
  const auto loss = [&] { return std::log(x[0]) + std::log(x[1]); };
  CHECK(agreement({Matrix{{1e6, 1 / 0.3}}, x, loss}).error < 1e-7);
}

TEST_CASE("derivative is NaN where the function is") {
  CHECK(std::isnan(derivative([](Real) { return Real(NAN); }).value));
  CHECK(derivative([](Real h) { return std::exp(2 * h); }).value == doctest::Approx(2).epsilon(1e-10));
}
