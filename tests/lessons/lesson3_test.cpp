#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

namespace {

OptimizerSettings with_lr(OptimizerSettings settings, double lr) {
  settings.lr = lr;
  return settings;
}

double size_of(const Matrix& matrix) {
  double sum = 0;
  for (const Real value : matrix.values) sum += std::abs(static_cast<double>(value));
  return sum;
}

// grad_W D: what a gradient becomes on its way back through hidden layer i.
Matrix back_through(const lesson3::ResidualMlp& network, std::size_t i, const Matrix& grad_r) {
  Matrix grad_l, grad_W, grad_b, grad_before;
  relu_backward(network.l[i], grad_r, grad_l);
  fully_connected_backward(network.r[i - 1], network.W[i], grad_l, grad_W, grad_b, grad_before);
  return grad_before;
}

// The gradient of the training flowers at r_1, by the length of its path: part k came through k of the layers 2, 3, …
// and past the others. Up to `longest` layers; the sizes' sum is made 1.
std::vector<double> shares_by_length(lesson3::ResidualMlp& network, std::size_t longest) {
  Matrix grad_o;
  const Matrix& o = network.forward(lecture_split().train.x, Mode::training);
  log_loss_backward(o, lecture_split().train.y, grad_o);
  network.backward(grad_o);

  const std::size_t top = network.W.size() - 2;
  const Matrix nothing(o.rows, network.W[top].cols);
  std::vector<Matrix> part(longest + 1, nothing);
  part[0] = network.grad_r[top];
  for (std::size_t i = top; i >= 2; --i) {
    for (std::size_t k = longest; k >= 1; --k) add(part[k], back_through(network, i, part[k - 1]), part[k]);
  }

  Matrix sum = nothing;
  std::vector<double> shares;
  double all = 0;
  for (const Matrix& grad : part) {
    add(sum, grad, sum);
    shares.push_back(size_of(grad));
    all += shares.back();
  }
  for (double& share : shares) share /= all;
  // The paths together are what the backward pass computed.
  for (int k = 0; k < sum.size(); ++k) {
    CHECK(static_cast<double>(std::abs(sum[k] - network.grad_r[1][k])) <= 1e-5 * size_of(network.grad_r[1]));
  }
  return shares;
}

double mean_length(const std::vector<double>& shares) {
  double mean = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
  return mean;
}

double share_of(const std::vector<double>& shares, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t k = from; k <= to; ++k) sum += shares[k];
  return sum;
}

}  // namespace

TEST_CASE("a layer as wide as the input has a sum, and grad_r[0] is the lecture's grad.x") {
  lesson3::ResidualMlp network({2, 2, 3});
  network.W[1] = Matrix{{1, -1}, {2, 1}};
  network.W[2] = Matrix{{1, 0, 0}, {0, 1, 0}};
  for (const std::size_t i : {1u, 2u}) network.b[i].fill(0);
  const Matrix x{{1, 2}, {3, -1}};
  network.forward(x, Mode::training);
  // l_1 = x W_1 = (5 1 / 1 -4), h_1 = (5 1 / 1 0), r_1 = h_1 + x
  const Matrix r1{{6, 3}, {4, -1}};
  REQUIRE(network.outputs()[2].name == "plus1_out");
  CHECK(network.outputs()[2].value->values == r1.values);
  CHECK(network.outputs().size() == 5);

  const Matrix grad_o{{1, 2, 3}, {-1, 0, 2}};
  network.backward(grad_o);
  // grad.x = grad_l_1 W_1ᵀ + grad_r_1, written out
  const Matrix& grad_r1 = network.grad_r[1];
  for (int i = 0; i < 2; ++i) {
    CAPTURE(i);
    const Real grad_l1[] = {grad_r1(i, 0), i == 0 ? grad_r1(i, 1) : 0};
    CHECK(size_of(grad_r1) > 0.1);
    CHECK(network.grad_r[0](i, 0) == doctest::Approx(grad_l1[0] - grad_l1[1] + grad_r1(i, 0)));
    CHECK(network.grad_r[0](i, 1) == doctest::Approx(2 * grad_l1[0] + grad_l1[1] + grad_r1(i, 1)));
  }
}

TEST_CASE("grad_r[0] of a network of width 4 is the central difference, and the sum over all paths") {
  lesson3::ResidualMlp network(layer_widths(3, 4));
  initialise(network.parameters(), 0);
  for (std::size_t i = 1; i <= 4; ++i) {
    for (Real& weight : network.W[i].values) weight *= 50;
  }
  Matrix x = lecture_split().test.x;
  const Matrix& y = lecture_split().test.y;
  Matrix grad_o;
  log_loss_backward(network.forward(x, Mode::training), y, grad_o);
  network.backward(grad_o);
  const Matrix grad_x = network.grad_r[0];

  Matrix paths(x.rows, 4);
  for (unsigned chosen = 0; chosen < 8; ++chosen) {  // bit i - 1: through layer i, or past it
    Matrix grad = network.grad_r[3];
    for (std::size_t i = 3; i >= 1; --i) {
      if (chosen >> (i - 1) & 1) grad = back_through(network, i, grad);
    }
    add(paths, grad, paths);
  }
  const auto loss_with = [&](int k, Real step) {
    Matrix moved = x;
    moved[k] += step;
    return log_loss_forward(network.forward(moved, Mode::training), y);
  };
  double largest = 0;
  for (const Real value : grad_x.values) largest = std::max(largest, std::abs(static_cast<double>(value)));
  CHECK(largest > 1e-3);
  for (int k = 0; k < x.size(); ++k) {
    CAPTURE(k);
    CHECK(static_cast<double>(std::abs(paths[k] - grad_x[k])) < 1e-5 * largest);
    const Real numeric = (loss_with(k, Real(0.01)) - loss_with(k, Real(-0.01))) / Real(0.02);
    CHECK(static_cast<double>(std::abs(numeric - grad_x[k])) < 0.02 * largest);
  }
}

TEST_CASE("bn25: batch norm alone does not train 25 layers") {
  lesson2::BatchNormMlp network(layer_widths(25, 10));
  const Trained trained = train_as_lecture(network, lecture_adam());
  // The lecture's run gets 33 of 50; which flowers are right is decided by rounding, that it fails is not.
  CHECK(trained.confusion.right() <= 33);
  CHECK(trained.history.weights.size() == 26);
  // Hardly anything reaches the first layer at the beginning.
  CHECK(trained.history.mean_abs_grad[0][0] < 1e-6 * trained.history.mean_abs_grad[0][25]);
}

TEST_CASE("res6: the lecture's confusion table and probabilities") {
  lesson3::ResidualMlp network(layer_widths(6, 3));
  const Trained trained = train_as_lecture(network, lecture_sgd());
  CHECK(trained.confusion.count == Counts{{{18, 0, 0}, {0, 13, 0}, {0, 2, 17}}});
  check_probabilities(trained.o, {0.936310470, 0.061589610, 0.002099835}, 1e-5);
}

TEST_CASE("res25: the lecture's confusion table") {
  lesson3::ResidualMlp network(layer_widths(25, 10));
  const Trained trained = train_as_lecture(network, lecture_sgd());
  CHECK(trained.confusion.count == Counts{{{18, 0, 0}, {0, 13, 0}, {0, 2, 17}}});
  CHECK(mean_length(shares_by_length(network, 24)) == doctest::Approx(0.87).epsilon(0.01));
}

TEST_CASE("before training most of the gradient of 25 residual layers comes past all of them") {
  lesson3::ResidualMlp network(layer_widths(25, 10));
  initialise(network.parameters(), 0);
  const std::vector<double> shares = shares_by_length(network, 24);
  CHECK(shares[0] == doctest::Approx(0.91).epsilon(0.01));
  CHECK(mean_length(shares) == doctest::Approx(0.10).epsilon(0.01));
}

TEST_CASE("100 residual layers: with sgd 0.05 the gradient explodes, and then nothing reaches the first layer") {
  lesson3::ResidualMlp network(layer_widths(100, 10));
  const Trained trained = train_as_lecture(network, lecture_sgd());
  double largest = 0;
  for (const std::vector<double>& grads : trained.history.mean_abs_grad) largest = std::max(largest, grads[0]);
  CHECK(largest > 50 * trained.history.mean_abs_grad[0][0]);
  CHECK(trained.history.mean_abs_grad[99][0] == 0);
  CHECK(trained.confusion.right() == 15);
}

TEST_CASE("res100 and res1000 learn with adam and smaller steps") {
  lesson3::ResidualMlp res100(layer_widths(100, 10));
  CHECK(train_as_lecture(res100, with_lr(lecture_adam(), 0.0003)).confusion.right() >= 46);
  lesson3::ResidualMlp res1000(layer_widths(1000, 10));
  initialise(res1000.parameters(), 0);
  CHECK(mean_length(shares_by_length(res1000, 40)) == doctest::Approx(6.9).epsilon(0.01));
  CHECK(train_as_lecture(res1000, with_lr(lecture_adam(), 0.0001)).confusion.right() >= 46);
  const std::vector<double> shares = shares_by_length(res1000, 40);
  // Rounding decides the digits of 1000 layers: 10.9 with AVX-512, 10.3 for a plain x86-64.
  CHECK(mean_length(shares) > 9.5);
  CHECK(mean_length(shares) < 12);
  CHECK(share_of(shares, 5, 18) > 0.95);
  CHECK(share_of(shares, 26, 40) < 1e-3);
}
