#include "src/layers/sigmoid.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("sigmoid_forward is 1 / (1 + exp(-l)), by hand") {
  Matrix h;
  sigmoid_forward(Matrix{{0, std::log(3.0), -std::log(3.0)}, {std::log(9.0), -std::log(4.0), 0}}, h);
  check_equal(h, Matrix{{0.5, 0.75, 0.25}, {0.9, 0.2, 0.5}}, 1e-15);
}

TEST_CASE("sigmoid_forward stays a number where the exponential does not") {
  Matrix h;
  sigmoid_forward(Matrix{{-1e4, 1e4}}, h);
  check_equal(h, Matrix{{0, 1}});
}

TEST_CASE("sigmoid_forward lets a NaN through, so that it is seen at the loss") {
  Matrix h;
  sigmoid_forward(Matrix{{std::numeric_limits<Real>::quiet_NaN()}}, h);
  CHECK(std::isnan(h(0, 0)));
}

TEST_CASE("sigmoid_backward is grad_h h (1 - h), by hand") {
  Matrix grad_l;
  sigmoid_backward(Matrix{{0.5, 0.75, 0.2}, {0, 1, 0.9}}, Matrix{{8, -16, 100}, {5, 5, 1}}, grad_l);
  check_equal(grad_l, Matrix{{2, -3, 16}, {0, 0, 0.09}}, 1e-14);
}

TEST_CASE("a sigmoid passes at most a quarter of the gradient, and a quarter only at l = 0") {
  Matrix h, grad_l;
  sigmoid_forward(Matrix{{0, 0.01, -0.01, 1, -5}}, h);
  sigmoid_backward(h, Matrix(1, 5, 1), grad_l);
  CHECK(grad_l(0, 0) == Real(0.25));
  for (int j = 1; j < 5; ++j) CHECK(grad_l(0, j) < Real(0.25));
}

TEST_CASE("sigmoid_backward says which shapes do not fit") {
  Matrix grad_l;
  CHECK_THROWS_WITH(sigmoid_backward(Matrix(20, 10), Matrix(20, 3), grad_l),
                    "sigmoid_backward: h is 20×10 but grad_h is 20×3: grad_h needs 10 columns");
}
