#include "src/training/train.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "src/io/text.h"
#include "src/layers/softmax.h"
#include "src/training/initialisation.h"

using namespace handgrad;

namespace {

// The smallest network that the loop can train: o = S(1 W), one weight row for every sample alike. It counts
// what the loop asks of it.
struct OneRow : Network {
  Matrix W, grad_W, l, o, grad_l;
  int forwards = 0;
  Real poison = 0;       // added to l from the second batch on
  Real grad_poison = 0;  // added to the gradient

  OneRow() : W(1, 3) {}
  std::vector<Parameter> parameters() override { return {{"fc1_weight", &W, &grad_W}}; }
  const Matrix& forward(const Matrix& x, Mode mode) override {
    CHECK(mode == Mode::training);
    ++forwards;
    l.resize(x.rows, 3);
    for (int i = 0; i < x.rows; ++i) {
      for (int j = 0; j < 3; ++j) l(i, j) = W(0, j) + (forwards > 1 ? poison : 0);
    }
    softmax_forward(l, o);
    return o;
  }
  std::vector<Output> outputs() const override { return {{"fc1_out", &l}, {"softmax_out", &o}}; }
  void backward(const Matrix& grad_o) override {
    softmax_backward(o, grad_o, grad_l);
    grad_W.resize(1, 3);
    grad_W.fill(grad_poison);
    for (int i = 0; i < grad_l.rows; ++i) {
      for (int j = 0; j < 3; ++j) grad_W(0, j) += grad_l(i, j);
    }
  }
};

Dataset four_flowers() {
  return {Matrix(4, 4, 1), Matrix{{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {1, 2, 3, 4}};
}

// The advice after "; try ", of a training that diverges.
std::string advice(Network& network, const OptimizerSettings& optimizer) {
  initialise(network.parameters(), 0);
  network.parameters()[0].value->fill(std::numeric_limits<Real>::infinity());
  try {
    train(network, four_flowers(), {optimizer, 1, 2});
  } catch (const Diverged& diverged) {
    return split(diverged.what(), ';').back();
  }
  return "";
}

}  // namespace

TEST_CASE("train's history holds the means over the batches of loss and |gradient|") {
  OneRow network;
  int reports = 0;
  const History history = train(network, four_flowers(), {{OptimizerSettings::Kind::sgd, 3.0, 0.0}, 1, 2},
                                [&](int epoch, double loss, double samples_per_second) {
                                  ++reports;
                                  CHECK(epoch == 1);
                                  CHECK(loss == doctest::Approx((0.3662041 + 0.5171471) / 2).epsilon(1e-5));
                                  CHECK(samples_per_second > 0);
                                });
  CHECK(reports == 1);
  CHECK(network.forwards == 2);
  CHECK(history.weights == std::vector<std::string>{"fc1_weight"});
  REQUIRE(history.loss.size() == 1);

  // Batch 1: o = 1/3 each, loss = log(3) / 3 = 0.366204; grad_W = Σ over two rows of (o - y) / 6 = (-2, 1, 1)
  // / 9, mean |grad| 4/27. One step of 3: W = (2, -1, -1) / 3. Batch 2: o = (0.576117, 0.211942, 0.211942),
  // loss = -log(0.211942) / 3 = 0.517147; grad_W = (0.192039, -0.096020, -0.096020), mean |grad| 0.128026.
  CHECK(history.loss[0] == doctest::Approx((0.3662041 + 0.5171471) / 2).epsilon(1e-5));
  CHECK(history.mean_abs_grad[0][0] == doctest::Approx((4.0 / 27 + 0.128026) / 2).epsilon(1e-5));
}

TEST_CASE("train stops when the loss is not a number, and says where") {
  OneRow network;
  network.poison = std::numeric_limits<Real>::quiet_NaN();
  CHECK_THROWS_WITH(
      train(network, four_flowers(), {lecture_sgd(), 3, 2}),
      "the loss is not a number at epoch 1, batch 2: fc1_out is the first with NaN in row 0, column 0 (from 0), "
      "the parameters are numbers; try a smaller learning rate (--lr), --optimizer adam, or batch norm");
}

TEST_CASE("what train stops with holds the history of the epochs before") {
  OneRow network;
  network.poison = std::numeric_limits<Real>::quiet_NaN();
  try {
    train(network, four_flowers(), {lecture_sgd(), 3, 4});  // one batch an epoch
    FAIL("it did not stop");
  } catch (const Diverged& diverged) {
    REQUIRE(diverged.history.loss.size() == 1);
    CHECK(diverged.history.loss[0] == doctest::Approx(0.3662041).epsilon(1e-5));
    CHECK(diverged.history.mean_abs_grad.size() == 1);
    CHECK(diverged.history.weights.size() == 1);
  }
}

TEST_CASE("train minimizes the loss that it is given") {
  OneRow network;
  const History history =
      train(network, four_flowers(), {{OptimizerSettings::Kind::sgd, 3.0, 0.0}, 1, 2, squared_error},
            [](int, double, double) {});
  // Batch 1: o = 1/3 each, loss 2/9; in each row grad_o = (-4, 2, 2) / 18, grad_l = o (grad_o - Σ grad_o o) =
  // (-4, 2, 2) / 54, grad_W = (-4, 2, 2) / 27, mean |grad| 8/81. One step of 3: W = (4, -2, -2) / 9.
  // Batch 2: o = (0.493380, 0.253310, 0.253310), loss (0.493380² + 0.746690² + 0.253310²) / 3 = 0.288379.
  CHECK(history.loss[0] == doctest::Approx((2.0 / 9 + 0.288379) / 2).epsilon(1e-5));
}

TEST_CASE("train stops when a gradient is infinite, and says where") {
  OneRow network;
  network.grad_poison = std::numeric_limits<Real>::infinity();
  CHECK_THROWS_WITH(train(network, four_flowers(), {lecture_sgd(), 3, 2}),
                    "the gradient of fc1_weight is infinite at epoch 1, batch 1: on the way back that of fc1_weight is "
                    "the first with infinity in row 0, column 0 (from 0); try a smaller learning rate (--lr), "
                    "--optimizer adam, or batch norm");
}

TEST_CASE("train's history has a line for every epoch, the means of its steps") {
  const TrainingSettings settings{lecture_sgd(), 3, 2};
  const Dataset data = four_flowers();
  OneRow network, by_hand;
  const History history = train(network, data, settings);
  REQUIRE(history.loss.size() == 3);
  Training training(by_hand, data, settings);
  for (std::size_t epoch = 0; epoch < 3; ++epoch) {
    double loss = 0, grad = 0;
    for (int batch = 0; batch < 2; ++batch) {
      training_step(training, batch);
      loss += training.loss / 2;
      grad += training.mean_abs_grad[0] / 2;
    }
    CHECK(history.loss[epoch] == loss);
    CHECK(history.mean_abs_grad[epoch][0] == grad);
  }
}

TEST_CASE("train clips the gradients of a step; its history has them as they were") {
  OneRow network;
  TrainingSettings settings{{OptimizerSettings::Kind::sgd, 3.0, 0.0}, 1, 4};
  settings.clip = 0.03;
  const History history = train(network, four_flowers(), settings);
  // o = 1/3 each: grad_W = Σ over the rows of (o - y) / 12 = (-2, 1, 1) / 36, of norm sqrt(6) / 36 = 0.068041, mean
  // 1/27. Clipped to 0.03 its first element is -0.03 · 2 / sqrt(6).
  CHECK(history.mean_abs_grad[0][0] == doctest::Approx(1.0 / 27).epsilon(1e-5));
  CHECK(network.W(0, 0) == doctest::Approx(3 * 0.03 * 2 / std::sqrt(6.0)).epsilon(1e-5));
  CHECK(network.W(0, 1) == doctest::Approx(-3 * 0.03 / std::sqrt(6.0)).epsilon(1e-5));
  OneRow free;
  settings.clip = 0.07;
  train(free, four_flowers(), settings);
  CHECK(free.W(0, 0) == doctest::Approx(3 * 2.0 / 36).epsilon(1e-5));
}

TEST_CASE("clipping hides no gradient that is infinite") {
  OneRow network;
  network.grad_poison = std::numeric_limits<Real>::infinity();
  TrainingSettings settings{lecture_sgd(), 3, 2};
  settings.clip = 1;
  CHECK_THROWS_WITH(train(network, four_flowers(), settings),
                    "the gradient of fc1_weight is infinite at epoch 1, batch 1: on the way back that of fc1_weight is "
                    "the first with infinity in row 0, column 0 (from 0); try a smaller learning rate (--lr), "
                    "--optimizer adam, or batch norm");
}

TEST_CASE("train advises what the network and the optimizer do not have yet") {
  lesson1::Mlp plain({4, 3, 3});
  lesson2::BatchNormMlp normalized({4, 3, 3});
  CHECK(advice(plain, lecture_sgd()) == " try a smaller learning rate (--lr), --optimizer adam, or batch norm");
  CHECK(advice(plain, lecture_adam()) == " try a smaller learning rate (--lr) or batch norm");
  CHECK(advice(normalized, lecture_sgd()) == " try a smaller learning rate (--lr) or --optimizer adam");
  CHECK(advice(normalized, lecture_adam()) == " try a smaller learning rate (--lr)");
}

TEST_CASE("train refuses a batch larger than the data") {
  OneRow network;
  CHECK_THROWS_WITH(train(network, four_flowers(), {lecture_sgd(), 1, 5}), "a batch of 5 rows from 4: expected 1 to 4");
}

TEST_CASE("train stops when a parameter is infinite, also if no loss sees it any more") {
  OneRow network;
  network.W(0, 1) = -std::numeric_limits<Real>::infinity();
  const Dataset setosas{Matrix(2, 4, 1), Matrix{{1, 0, 0}, {1, 0, 0}}, {1, 2}};
  // Its probability is 0, and 0 times log(0 + ε) is 0: the loss is finite.
  CHECK_THROWS_WITH(train(network, setosas, {lecture_sgd(), 3, 2}),
                    "a parameter is no number at epoch 1: fc1_weight holds infinity in row 0, column 1 (from 0); try a "
                    "smaller learning rate (--lr), --optimizer adam, or batch norm");
}
