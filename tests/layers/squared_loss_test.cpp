#include "src/layers/squared_loss.h"

#include <doctest/doctest.h>

#include "src/layers/log_loss.h"
#include "src/layers/softmax.h"
#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("squared_loss_forward is the mean of (o - y)² over all n × 3 entries, by hand") {
  const Matrix o{{0.5, 0.25, 0.25}, {0, 0, 1}}, y{{1, 0, 0}, {0, 1, 0}};
  // (0.25 + 0.0625 + 0.0625) + (0 + 1 + 1), over 6
  CHECK(squared_loss_forward(o, y) == doctest::Approx(2.375 / 6).epsilon(1e-14));
}

TEST_CASE("a network that knows nothing has the squared loss 2/9") {
  Matrix y(20, 3);
  for (int i = 0; i < 20; ++i) y(i, i % 3) = 1;
  // (2/3)² + 2 (1/3)² = 2/3 in each row of three
  CHECK(squared_loss_forward(Matrix(20, 3, Real(1) / 3), y) == doctest::Approx(2.0 / 9).epsilon(1e-14));
}

TEST_CASE("squared_loss_backward is 2 (o - y) / (3 n), by hand") {
  Matrix grad_o;
  squared_loss_backward(Matrix{{0.5, 0.25, 0.25}, {0, 0, 1}}, Matrix{{1, 0, 0}, {0, 1, 0}}, grad_o);
  check_equal(grad_o, Matrix{{-1.0 / 6, 0.5 / 6, 0.5 / 6}, {0, -2.0 / 6, 2.0 / 6}}, 1e-15);
}

TEST_CASE("of a softmax that is sure and wrong the squared loss passes next to no gradient, the log loss the whole") {
  // o = (1 - 1e-4, 1e-4 / 2, 1e-4 / 2) to the first order, the truth is class 1.
  const Matrix y{{0, 1, 0}};
  Matrix o{{1 - 1e-4, 0.5e-4, 0.5e-4}}, grad_o, of_squares, of_logs;
  squared_loss_backward(o, y, grad_o);
  softmax_backward(o, grad_o, of_squares);
  log_loss_backward(o, y, grad_o);
  softmax_backward(o, grad_o, of_logs);
  // The lecture's (o - y) / (3 n) but for the ε of the logarithm; the squared loss has a factor o_1 more.
  CHECK(of_logs(0, 1) == doctest::Approx(-1.0 / 3).epsilon(1e-3));
  // o_1 (grad_1 - Σ grad_k o_k) = 0.5e-4 (-2/3 - 2/3) to the first order
  CHECK(of_squares(0, 1) / (Real(0.5e-4) * -4 / 3) == doctest::Approx(1).epsilon(1e-3));
}

TEST_CASE("squared loss says which shapes do not fit") {
  Matrix grad_o;
  CHECK_THROWS_WITH(squared_loss_forward(Matrix(20, 3), Matrix(20, 2)),
                    "squared_loss_forward: o is 20×3 but y is 20×2: y needs 3 columns");
  CHECK_THROWS_WITH(squared_loss_backward(Matrix(20, 3), Matrix(19, 3), grad_o),
                    "squared_loss_backward: o is 20×3 but y is 19×3: y needs 20 rows");
}

TEST_CASE("squared_loss of no rows is refused: it has no mean") {
  Matrix grad_o;
  CHECK_THROWS_WITH(squared_loss_forward(Matrix(0, 3), Matrix(0, 3)),
                    "squared_loss_forward: o is 0×3: a mean needs 1 row or more");
  CHECK_THROWS_WITH(squared_loss_backward(Matrix(0, 3), Matrix(0, 3), grad_o),
                    "squared_loss_backward: o is 0×3: a mean needs 1 row or more");
  CHECK_THROWS_WITH(squared_loss_forward(Matrix(2, 0), Matrix(2, 0)),
                    "squared_loss_forward: o is 2×0: a mean needs 1 column or more");
}
