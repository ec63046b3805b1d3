#include <doctest/doctest.h>

#include <cmath>

#include "lessons/lesson1/network.h"
#include "src/layers/batch_norm.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/softmax.h"
#include "src/training/train.h"
#include "tests/layers/check_equal.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

// Every number of the worked examples in the handouts of lessons 1 and 2.

namespace {

// All elements to 2e-6, or to `tolerance`: the numbers have the size of 1.
void check_shown(const Matrix& found, const Matrix& expected, double tolerance = 2e-6) {
  check_equal(found, expected, static_cast<Real>(tolerance));
}

// A loss that is linear in l, so that its gradient is G everywhere: Σ G ⊗ l.
double linear_loss(const Matrix& G, const Matrix& x, const Matrix& W, const Matrix& b) {
  Matrix l;
  fully_connected_forward(x, W, b, l);
  double sum = 0;
  for (int k = 0; k < l.size(); ++k) sum += static_cast<double>(G[k] * l[k]);
  return sum;
}

struct BatchNormGradients {
  Matrix beta, gamma, x_hat, var, mean, x;
};

}  // namespace

TEST_CASE("lesson 1, the 2×2 example of a fully connected layer") {
  const Matrix x = {{1, 2}, {3, 4}}, W = {{2, 1}, {0, -1}}, b = {{0, 0}}, grad_l = {{1, -1}, {0, 2}};
  Matrix grad_W, grad_b, grad_x;
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_x);
  check_shown(grad_W, {{1, 5}, {2, 6}});
  check_shown(grad_b, {{1, 1}});
  check_shown(grad_x, {{1, 1}, {2, -2}});

  // Without the transposes the shapes fit as well.
  Matrix l;
  fully_connected_forward(x, grad_l, b, l);
  check_shown(l, {{1, 3}, {3, 5}});
  fully_connected_forward(grad_l, W, b, l);
  check_shown(l, {{2, 2}, {0, -2}});

  // W_12, b_2 and x_11, each raised by 1.
  Matrix W_up = W, b_up = b, x_up = x;
  W_up(0, 1) += 1;
  b_up(0, 1) += 1;
  x_up(0, 0) += 1;
  const double before = linear_loss(grad_l, x, W, b);
  CHECK(linear_loss(grad_l, x, W_up, b) - before == doctest::Approx(5));
  CHECK(linear_loss(grad_l, x, W, b_up) - before == doctest::Approx(1));
  CHECK(linear_loss(grad_l, x_up, W, b) - before == doctest::Approx(1));
}

TEST_CASE("lesson 1, softmax and log loss of one flower") {
  const Matrix l = {{std::log(Real(7)), std::log(Real(2)), 0}}, y = {{1, 0, 0}};
  Matrix o, grad_o, grad_l;
  softmax_forward(l, o);
  check_shown(o, {{0.7f, 0.2f, 0.1f}});
  log_loss_backward(o, y, grad_o);
  check_shown(grad_o, {{-0.4762f, 0, 0}}, 5e-5);
  CHECK(static_cast<double>(grad_o(0, 0) * o(0, 0)) == doctest::Approx(-1.0 / 3));
  softmax_backward(o, grad_o, grad_l);
  check_shown(grad_l, {{-0.1f, 0.0667f, 0.0333f}}, 5e-5);

  // The lecture's printed grad.o = (o - y) / (o (1 - o)), through the same softmax: not o - y.
  for (int j = 0; j < 3; ++j) grad_o(0, j) = (o(0, j) - y(0, j)) / (o(0, j) * (1 - o(0, j)));
  softmax_backward(o, grad_o, grad_l);
  check_shown(grad_l, {{-0.553f, 0.378f, 0.175f}}, 5e-4);
}

TEST_CASE("lesson 1, the plateau: -Σ p log p / 3 of the training flowers, and where its gradient is 0") {
  const Dataset& flowers = lecture_split().train;
  Matrix count(1, 3), share(1, 3);
  count.fill(0);
  for (int i = 0; i < flowers.y.rows; ++i) {
    for (int j = 0; j < 3; ++j) count(0, j) += flowers.y(i, j);
  }
  check_shown(count, {{32, 35, 33}});
  double plateau = 0;
  for (int j = 0; j < 3; ++j) {
    share(0, j) = count(0, j) / static_cast<Real>(flowers.y.rows);
    plateau -= static_cast<double>(share(0, j)) * std::log(static_cast<double>(share(0, j))) / 3;
  }
  CHECK(plateau == doctest::Approx(0.365972).epsilon(1e-6));

  // Every flower gets the shares as its probabilities: the loss is the plateau, the biases have no gradient left.
  Matrix o(flowers.y.rows, 3);
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < 3; ++j) o(i, j) = share(0, j);
  }
  CHECK(static_cast<double>(log_loss_forward(o, flowers.y)) == doctest::Approx(plateau).epsilon(1e-5));
  Matrix grad_o, grad_l, grad_W, grad_b, grad_x;
  log_loss_backward(o, flowers.y, grad_o);
  softmax_backward(o, grad_o, grad_l);
  fully_connected_backward(flowers.x, Matrix(4, 3), grad_l, grad_W, grad_b, grad_x);
  check_shown(grad_b, {{0, 0, 0}}, 1e-7);

  // Equal probabilities, as at the beginning.
  o.fill(Real(1) / 3);
  CHECK(static_cast<double>(log_loss_forward(o, flowers.y)) == doctest::Approx(std::log(3.0) / 3).epsilon(1e-5));
  CHECK(std::log(3.0) / 3 == doctest::Approx(0.3662).epsilon(4e-5));
}

TEST_CASE("lesson 1, questions 3 and 5: from weights of 0 only the last bias moves, to the plateau") {
  lesson1::Mlp network({4, 10, 10, 10, 3});
  const std::vector<Parameter> parameters = network.parameters();
  for (const Parameter& parameter : parameters) parameter.value->fill(0);
  const History history = train(network, lecture_split().train, {lecture_adam()});
  for (const Parameter& parameter : parameters) {
    CAPTURE(parameter.name);
    const Matrix& value = *parameter.value;
    for (int k = 0; k < value.size(); ++k) CHECK((value[k] != 0) == (parameter.name == "fc4_bias"));
  }
  CHECK(history.loss.back() == doctest::Approx(0.3660).epsilon(4e-5));

  Matrix o(4, 3);
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 3; ++j) o(i, j) = j == 0 ? Real(0.5) : Real(0.25);
  }
  const Matrix y = {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  CHECK(static_cast<double>(log_loss_forward(o, y)) == doctest::Approx(0.3466).epsilon(4e-5));
}

TEST_CASE("lesson 2, the 3×1 example of a batch norm: stepwise, in one expression, and as its own inverse") {
  const Matrix x = {{0.01f}, {0.04f}, {0.07f}}, beta = {{0}}, grad_y = {{0.16f}, {0.04f}, {0}};
  Matrix gamma = {{3}}, mean, var, x_hat, y;
  batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
  check_shown(mean, {{0.04f}});
  check_shown(var, {{0.0006f}}, 1e-9);
  check_shown(x_hat, {{-0.75f}, {0}, {0.75f}});

  BatchNormGradients grad;
  batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad.beta, grad.gamma, grad.x_hat, grad.var, grad.mean,
                      grad.x);
  check_shown(grad.beta, {{0.2f}});
  check_shown(grad.gamma, {{-0.12f}});
  check_shown(grad.x_hat, {{0.48f}, {0.12f}, {0}});
  check_shown(grad.var, {{112.5f}}, 2e-4);
  check_shown(grad.mean, {{-15}}, 2e-5);
  check_shown(grad.x, {{4.75f}, {-2}, {-2.75f}}, 1e-5);

  // The three paths, and the expression that they add up to.
  const Real n = 3, deviation = std::sqrt(var(0, 0) + batch_norm_epsilon);
  CHECK(static_cast<double>(deviation) == doctest::Approx(0.04));
  Matrix direct(3, 1), by_var(3, 1), bracket(3, 1), fused(3, 1);
  Real along = 0;
  for (int i = 0; i < 3; ++i) {
    direct(i, 0) = grad.x_hat(i, 0) / deviation;
    by_var(i, 0) = grad.var(0, 0) * 2 / n * (x(i, 0) - mean(0, 0));
    bracket(i, 0) = n * grad_y(i, 0) - grad.beta(0, 0) - x_hat(i, 0) * grad.gamma(0, 0);
    fused(i, 0) = gamma(0, 0) / (n * deviation) * bracket(i, 0);
    along += grad.x(i, 0) * x_hat(i, 0);
  }
  check_shown(direct, {{12}, {3}, {0}}, 1e-5);
  check_shown(by_var, {{-2.25f}, {0}, {2.25f}}, 1e-5);
  CHECK(static_cast<double>(grad.mean(0, 0) / n) == doctest::Approx(-5));
  check_shown(bracket, {{0.19f}, {-0.08f}, {-0.11f}});
  CHECK(static_cast<double>(gamma(0, 0) / (n * deviation)) == doctest::Approx(25));
  check_shown(fused, grad.x, 1e-5);
  // Σ grad_x x_hat = γ / sqrt(σ² + ε) · ε / (σ² + ε) · grad_γ: only ε keeps it from 0.
  CHECK(static_cast<double>(along) == doctest::Approx(-5.625).epsilon(1e-5));
  CHECK(static_cast<double>(gamma(0, 0) / deviation * batch_norm_epsilon / (deviation * deviation) *
                            grad.gamma(0, 0)) == doctest::Approx(-5.625).epsilon(1e-5));

  // γ = sqrt(σ² + ε), β = mean: x again, but its gradient is not grad_y.
  gamma(0, 0) = deviation;
  const Matrix back = mean;
  batch_norm_forward(x, gamma, back, mean, var, x_hat, y);
  check_shown(y, x, 1e-8);
  batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad.beta, grad.gamma, grad.x_hat, grad.var, grad.mean,
                      grad.x);
  check_shown(grad.x, {{0.0633f}, {-0.0267f}, {-0.0367f}}, 5e-5);
}

TEST_CASE("lesson 2, questions 1, 4 and 5: two flowers, the moving statistics, ε") {
  // So far apart that ε does not count: no gradient is left.
  const Matrix x = {{-100}, {100}}, gamma = {{1}}, beta = {{0}}, grad_y = {{100}, {20}};
  Matrix mean, var, x_hat, y;
  batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
  check_shown(x_hat, {{-1}, {1}});
  BatchNormGradients grad;
  batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad.beta, grad.gamma, grad.x_hat, grad.var, grad.mean,
                      grad.x);
  check_shown(grad.x, {{0}, {0}});

  // Five batches of a column that does not vary.
  Matrix moving_mean = {{0}}, moving_var = {{1}};
  for (int batch = 0; batch < 5; ++batch) batch_norm_update_moving({{0}}, {{0}}, moving_mean, moving_var);
  check_shown(moving_var, {{0.59f}}, 5e-3);

  CHECK(0.013 / std::sqrt(1.7e-4) == doctest::Approx(1).epsilon(5e-3));
  CHECK(0.013 / std::sqrt(static_cast<double>(batch_norm_epsilon)) == doctest::Approx(0.41).epsilon(4e-3));
}
