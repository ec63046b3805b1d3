#include "src/layers/softmax.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("softmax_forward gives each row's exponentials over their sum") {
  Matrix o;
  softmax_forward(Matrix{{0, 0, 0}, {std::log(Real(1)), std::log(Real(2)), std::log(Real(5))}}, o);
  check_equal(o, Matrix{{Real(1) / 3, Real(1) / 3, Real(1) / 3}, {0.125, 0.25, 0.625}});
}

TEST_CASE("softmax_forward stays finite for numbers whose exponential does not") {
  Matrix o;
  softmax_forward(Matrix{{1000, 1000, 0}, {-1000, -1000, -2000}, {1000, 0, 0}, {0, 0, 1000}}, o);
  check_equal(o, Matrix{{0.5, 0.5, 0}, {0.5, 0.5, 0}, {1, 0, 0}, {0, 0, 1}});
}

TEST_CASE("softmax_backward computes o (grad_o - sum of grad_o o), by hand") {
  Matrix grad_l;
  softmax_backward(Matrix{{0.125, 0.25, 0.625}}, Matrix{{8, 0, 0}}, grad_l);
  check_equal(grad_l, Matrix{{0.875, -0.25, -0.625}});
}

TEST_CASE("softmax_backward says which shapes do not fit") {
  Matrix grad_l;
  CHECK_THROWS_WITH(softmax_backward(Matrix(20, 3), Matrix(10, 4), grad_l),
                    "softmax_backward: o is 20×3 but grad_o is 10×4: grad_o needs 20 rows and 3 columns");
}
