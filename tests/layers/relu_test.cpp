#include "src/layers/relu.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("relu_forward keeps what is positive and makes the rest 0") {
  Matrix h;
  relu_forward(Matrix{{-2, 0, 3}, {0.5, -0.5, -1e-30}}, h);
  check_equal(h, Matrix{{0, 0, 3}, {0.5, 0, 0}});
}

TEST_CASE("relu_forward lets a NaN through, so that it is seen at the loss") {
  Matrix h;
  relu_forward(Matrix{{std::numeric_limits<Real>::quiet_NaN()}}, h);
  CHECK(std::isnan(h(0, 0)));
}

TEST_CASE("relu_backward passes the gradient where l is positive; at the kink it passes none") {
  Matrix grad_l;
  relu_backward(Matrix{{-2, 0, 3}}, Matrix{{10, 20, 30}}, grad_l);
  check_equal(grad_l, Matrix{{0, 0, 30}});
}

TEST_CASE("relu_backward does not hide a gradient that is NaN or infinite: behind a unit that is off it is NaN") {
  constexpr Real nan = std::numeric_limits<Real>::quiet_NaN(), infinity = std::numeric_limits<Real>::infinity();
  Matrix grad_l;
  relu_backward(Matrix{{-1, 1, -1, 0, 1, -1}}, Matrix{{nan, nan, infinity, -infinity, -infinity, -5}}, grad_l);
  for (const int off : {0, 2, 3}) CHECK(std::isnan(grad_l(0, off)));
  CHECK(std::isnan(grad_l(0, 1)));
  CHECK(grad_l(0, 4) == -infinity);
  CHECK(grad_l(0, 5) == 0);
}

TEST_CASE("relu_backward says which shapes do not fit") {
  Matrix grad_l;
  CHECK_THROWS_WITH(relu_backward(Matrix(20, 10), Matrix(20, 3), grad_l),
                    "relu_backward: l is 20×10 but grad_h is 20×3: grad_h needs 10 columns");
}
