#include "src/layers/log_loss.h"

#include <doctest/doctest.h>

#include <cmath>

#include "src/checking/numeric_gradient.h"
#include "src/layers/softmax.h"
#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("log_loss_forward is the mean of -y log(o + 1e-8) over all n × 3 entries") {
  const Matrix o{{0.5, 0.25, 0.25}, {0, 0, 1}}, y{{1, 0, 0}, {0, 1, 0}};
  const Real expected = -(std::log(Real(0.5) + Real(1e-8)) + std::log(Real(1e-8))) / 6;
  CHECK(log_loss_forward(o, y) == doctest::Approx(expected).epsilon(1e-14));
}

TEST_CASE("log_loss_forward takes any y: shares of two species, and a negative one") {
  const Real expected = -(Real(0.75) * std::log(Real(0.5)) - Real(0.25) * std::log(Real(0.25))) / 3;
  CHECK(log_loss_forward(Matrix{{0.5, 0.25, 0.25}}, Matrix{{0.75, -0.25, 0}}) ==
        doctest::Approx(expected).epsilon(1e-7));
}

TEST_CASE("a network that knows nothing has the loss log(3) / 3 = 0.3662, which the lecture starts from") {
  const Real third = Real(1) / 3;
  const Matrix o(20, 3, third);
  Matrix y(20, 3);
  for (int i = 0; i < 20; ++i) y(i, i % 3) = 1;
  CHECK(log_loss_forward(o, y) == doctest::Approx(std::log(3.0) / 3).epsilon(1e-7));
}

TEST_CASE("log_loss_backward is -y / (o + 1e-8) / (3 n), by hand") {
  Matrix grad_o;
  log_loss_backward(Matrix{{0.5, 0.25, 0.25}, {0, 0, 1}}, Matrix{{1, 0, 0}, {0, 1, 0}}, grad_o);
  check_equal(grad_o, Matrix{{-1 / (0.5 + 1e-8) / 6, 0, 0}, {0, -1e8 / 6, 0}}, 1e-7);
}

TEST_CASE("through softmax and log loss grad_l is the lecture's o - y, over 3 n") {
  Matrix o, grad_o, grad_l;
  softmax_forward(random_matrix(6, 3, 1), o);
  Matrix y(6, 3);
  for (int i = 0; i < 6; ++i) y(i, i % 3) = 1;
  log_loss_backward(o, y, grad_o);
  softmax_backward(o, grad_o, grad_l);

  Matrix expected(6, 3);
  for (int i = 0; i < 6; ++i) {
    for (int j = 0; j < 3; ++j) expected(i, j) = (o(i, j) - y(i, j)) / 18;
  }
  // ε moves the gradient by a share of ε / o.
  check_equal(grad_l, expected, 1e-8);
}

TEST_CASE("log loss says which shapes do not fit") {
  Matrix grad_o;
  CHECK_THROWS_WITH(log_loss_forward(Matrix(20, 3), Matrix(20, 2)),
                    "log_loss_forward: o is 20×3 but y is 20×2: y needs 3 columns");
  CHECK_THROWS_WITH(log_loss_forward(Matrix(20, 3), Matrix(19, 3)),
                    "log_loss_forward: o is 20×3 but y is 19×3: y needs 20 rows");
  CHECK_THROWS_WITH(log_loss_backward(Matrix(20, 3), Matrix(19, 3), grad_o),
                    "log_loss_backward: o is 20×3 but y is 19×3: y needs 20 rows");
}

TEST_CASE("log_loss of no rows is refused: it has no mean") {
  Matrix grad_o;
  CHECK_THROWS_WITH(log_loss_forward(Matrix(0, 3), Matrix(0, 3)),
                    "log_loss_forward: o is 0×3: a mean needs 1 row or more");
  CHECK_THROWS_WITH(log_loss_backward(Matrix(0, 3), Matrix(0, 3), grad_o),
                    "log_loss_backward: o is 0×3: a mean needs 1 row or more");
  CHECK_THROWS_WITH(log_loss_forward(Matrix(2, 0), Matrix(2, 0)),
                    "log_loss_forward: o is 2×0: a mean needs 1 column or more");
}
