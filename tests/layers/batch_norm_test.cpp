#include "src/layers/batch_norm.h"

#include <doctest/doctest.h>

#include <cmath>

#include "src/checking/numeric_gradient.h"
#include "tests/layers/check_equal.h"

using namespace handgrad;

namespace {

// A batch norm of n × units random numbers with everything that its forward and backward passes compute.
struct Example {
  Matrix x, gamma, beta, mean, var, x_hat, y;
  Matrix r;  // the loss is Σ y ⊗ r
  Matrix grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x;

  Example(int n, int units)
      : x(random_matrix(n, units, 1)),
        gamma(random_matrix(1, units, 2)),
        beta(random_matrix(1, units, 3)),
        r(random_matrix(n, units, 4)) {}

  Real forward() {
    batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
    return weighted_sum(y, r);
  }
  void backward() {
    batch_norm_backward(x, gamma, mean, var, x_hat, r, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x);
  }
};

}  // namespace

TEST_CASE("batch_norm_forward: mean and variance divided by n, by hand") {
  Matrix mean, var, x_hat, y;
  batch_norm_forward(Matrix{{1, 0}, {3, 0}, {5, 3}}, Matrix{{2, 1}}, Matrix{{10, 0}}, mean, var, x_hat, y);
  check_equal(mean, Matrix{{3, 1}});
  check_equal(var, Matrix{{Real(8) / 3, 2}});
  const Real a = 2 / std::sqrt(Real(8) / 3 + Real(1e-3)), b = 1 / std::sqrt(Real(2.001));
  check_equal(x_hat, Matrix{{-a, -b}, {0, -b}, {a, 2 * b}});
  check_equal(y, Matrix{{10 - 2 * a, -b}, {10, -b}, {10 + 2 * a, 2 * b}});
}

TEST_CASE("batch_norm_forward undoes itself with gamma = sqrt(var + ε) and beta = mean") {
  Example e(20, 3);
  e.forward();
  for (int j = 0; j < 3; ++j) {
    e.gamma(0, j) = std::sqrt(e.var(0, j) + batch_norm_epsilon);
    e.beta(0, j) = e.mean(0, j);
  }
  e.forward();
  check_equal(e.y, e.x, 1e-14);
}

TEST_CASE("a column that does not vary becomes beta") {
  Matrix mean, var, x_hat, y;
  batch_norm_forward(Matrix(5, 1, 7), Matrix{{2}}, Matrix{{0.5}}, mean, var, x_hat, y);
  check_equal(y, Matrix(5, 1, 0.5));
}

TEST_CASE("batch_norm_update_moving keeps 0.9 of the old") {
  Matrix moving_mean{{0, 10}}, moving_var{{1, 2}};
  batch_norm_update_moving(Matrix{{5, 20}}, Matrix{{3, 0}}, moving_mean, moving_var);
  check_equal(moving_mean, Matrix{{0.5, 11}});
  check_equal(moving_var, Matrix{{1.2, 1.8}});
}

TEST_CASE("batch_norm_predict normalizes by the moving statistics") {
  Matrix y;
  batch_norm_predict(Matrix{{1, 2}, {3, 4}}, Matrix{{2, 1}}, Matrix{{10, 0}}, Matrix{{1, 1}}, Matrix{{3.999, 0.249}},
                     y);
  check_equal(y, Matrix{{10, 2}, {12, 6}});
}

TEST_CASE("batch_norm_predict with the batch's own statistics is batch_norm_forward") {
  Example e(20, 3);
  e.forward();
  Matrix y;
  batch_norm_predict(e.x, e.gamma, e.beta, e.mean, e.var, y);
  check_equal(y, e.y);
}

TEST_CASE("in a batch of one flower everything is beta: only beta gets a gradient") {
  Example e(1, 3);
  e.forward();
  e.backward();
  check_equal(e.y, e.beta);
  check_equal(e.grad_beta, e.r);
  check_equal(e.grad_gamma, Matrix(1, 3));
  check_equal(e.grad_x, Matrix(1, 3));
}

TEST_CASE("a gradient that is the same for all rows, or goes with x_hat, does not get through batch norm") {
  // Shifting or stretching a column changes nothing after normalization. (ε breaks the second a little.)
  Example e(20, 3);
  e.forward();
  e.r.fill(1);
  e.backward();
  check_equal(e.grad_x, Matrix(20, 3), 1e-13);
  e.r = e.x_hat;
  e.backward();
  check_equal(e.grad_x, Matrix(20, 3), 2e-2);
}

TEST_CASE("batch norm says which shapes do not fit") {
  Matrix a, b, c, d, e, f;
  const Matrix x(20, 10), row(1, 10), narrow(1, 3), high(2, 10);
  CHECK_THROWS_WITH(batch_norm_forward(x, narrow, row, a, b, c, d),
                    "batch_norm_forward: x is 20×10 but gamma is 1×3: gamma needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_forward(x, row, high, a, b, c, d),
                    "batch_norm_forward: x is 20×10 but beta is 2×10: beta needs 1 row");
  Matrix moving(1, 10), narrow_moving(1, 3);
  CHECK_THROWS_WITH(batch_norm_update_moving(row, narrow, moving, moving),
                    "batch_norm_update_moving: mean is 1×10 but var is 1×3: var needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_update_moving(row, row, narrow_moving, moving),
                    "batch_norm_update_moving: mean is 1×10 but moving_mean is 1×3: moving_mean needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_update_moving(row, row, moving, narrow_moving),
                    "batch_norm_update_moving: mean is 1×10 but moving_var is 1×3: moving_var needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_predict(x, narrow, row, row, row, a),
                    "batch_norm_predict: x is 20×10 but gamma is 1×3: gamma needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_predict(x, row, narrow, row, row, a),
                    "batch_norm_predict: x is 20×10 but beta is 1×3: beta needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_predict(x, row, row, narrow, row, a),
                    "batch_norm_predict: x is 20×10 but moving_mean is 1×3: moving_mean needs 10 columns");
  CHECK_THROWS_WITH(batch_norm_predict(x, row, row, row, high, a),
                    "batch_norm_predict: x is 20×10 but moving_var is 2×10: moving_var needs 1 row");
  CHECK_THROWS_WITH(batch_norm_backward(x, row, row, row, x, Matrix(20, 9), a, b, c, d, e, f),
                    "batch_norm_backward: x is 20×10 but grad_y is 20×9: grad_y needs 10 columns");
}

// The loops take it for granted that nothing else lies where they write.
TEST_CASE("batch norm refuses an output that is an input") {
  Matrix x(20, 10, 1), x_hat = x, grad_y = x, a, b, c, d, e;
  const Matrix row(1, 10, 1);
  const std::string reason = ": an output must not be an input of the same call";
  CHECK_THROWS_WITH(batch_norm_forward(x, row, row, a, b, x, c), ("batch_norm_forward: x_hat is x" + reason).c_str());
  CHECK_THROWS_WITH(batch_norm_forward(x, row, row, a, b, c, x), ("batch_norm_forward: y is x" + reason).c_str());
  CHECK_THROWS_WITH(batch_norm_forward(x, row, row, a, b, c, c), ("batch_norm_forward: y is x_hat" + reason).c_str());
  const auto backward = [&](Matrix& grad_x_hat, Matrix& grad_x) {
    batch_norm_backward(x, row, row, row, x_hat, grad_y, a, b, grad_x_hat, c, d, grad_x);
  };
  CHECK_THROWS_WITH(backward(x, e), ("batch_norm_backward: grad_x_hat is x" + reason).c_str());
  CHECK_THROWS_WITH(backward(grad_y, e), ("batch_norm_backward: grad_x_hat is grad_y" + reason).c_str());
  CHECK_THROWS_WITH(backward(e, x_hat), ("batch_norm_backward: grad_x is x_hat" + reason).c_str());
  CHECK_THROWS_WITH(backward(e, e), ("batch_norm_backward: grad_x is grad_x_hat" + reason).c_str());
}

TEST_CASE("batch_norm of no rows is refused: it has no mean") {
  const Matrix none(0, 2), row(1, 2);
  Matrix a, b, c, d, e, f;
  CHECK_THROWS_WITH(batch_norm_forward(none, row, row, a, b, c, d),
                    "batch_norm_forward: x is 0×2: a mean needs 1 row or more");
  CHECK_THROWS_WITH(batch_norm_backward(none, row, row, row, none, none, a, b, c, d, e, f),
                    "batch_norm_backward: x is 0×2: a mean needs 1 row or more");
}
