#include "src/layers/leaky_relu.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "src/checking/numeric_gradient.h"
#include "src/layers/relu.h"
#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("leaky_relu_forward multiplies what is not positive by the slope") {
  Matrix h;
  leaky_relu_forward(Matrix{{-2, 0, 3}}, 0.25, h);
  check_equal(h, Matrix{{-0.5, 0, 3}});
}

TEST_CASE("leaky_relu_backward passes a share where l is not positive") {
  Matrix grad_l;
  leaky_relu_backward(Matrix{{-2, 0, 3}}, 0.25, Matrix{{10, 20, 30}}, grad_l);
  check_equal(grad_l, Matrix{{2.5, 5, 30}});
}

TEST_CASE("with slope 0 it is the ReLU, and it lets a NaN through as that does") {
  const Matrix l = random_matrix(6, 5, 1), grad_h = random_matrix(6, 5, 2);
  Matrix leaky, relu, grad_leaky, grad_relu;
  leaky_relu_forward(l, 0, leaky);
  relu_forward(l, relu);
  check_equal(leaky, relu);
  leaky_relu_backward(l, 0, grad_h, grad_leaky);
  relu_backward(l, grad_h, grad_relu);
  check_equal(grad_leaky, grad_relu);
  leaky_relu_forward(Matrix{{std::numeric_limits<Real>::quiet_NaN()}}, 0.25, leaky);
  CHECK(std::isnan(leaky(0, 0)));
}

TEST_CASE("leaky_relu_backward says which shapes do not fit") {
  Matrix grad_l;
  CHECK_THROWS_WITH(leaky_relu_backward(Matrix(20, 10), 0.25, Matrix(19, 10), grad_l),
                    "leaky_relu_backward: l is 20×10 but grad_h is 19×10: grad_h needs 20 rows");
}
