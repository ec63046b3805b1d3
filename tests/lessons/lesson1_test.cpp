#include <doctest/doctest.h>

#include "lessons/lesson1/network.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

// The losses and gradients below were computed by a program of its own, in another language and in double,
// from the lecture's initial weights.

TEST_CASE("mlp4: the lecture's confusion table, and the losses and gradients of a faithful run") {
  lesson1::Mlp network({4, 10, 10, 10, 3});
  const Trained trained = train_as_lecture(network, lecture_adam());
  CHECK(trained.confusion.count == Counts{{{18, 0, 0}, {0, 1, 0}, {0, 14, 17}}});
  CHECK(trained.history.weights == std::vector<std::string>{"fc1_weight", "fc2_weight", "fc3_weight", "fc4_weight"});
  check_epoch(trained.history, 1, 0.366225, {6.21922e-08, 4.32623e-08, 3.05115e-08, 4.70703e-06});
  check_epoch(trained.history, 10, 0.3661, {1.49116e-05, 4.91649e-06, 4.32853e-06, 4.346e-05});
  check_epoch(trained.history, 50, 0.253937, {0.00191669, 0.000470969, 0.000530952, 0.00627869});
  check_epoch(trained.history, 100, 0.165339, {0.0027819, 0.000333295, 0.000457905, 0.0079288});
}

TEST_CASE("mlp8: the lecture's confusion table; a gradient of 1e-15 reaches the first layer") {
  lesson1::Mlp network(layer_widths(7, 10));
  const Trained trained = train_as_lecture(network, lecture_adam());
  CHECK(trained.confusion.count == Counts{{{0, 0, 0}, {18, 15, 17}, {0, 0, 0}}});
  check_epoch(trained.history, 1, 0.366225,
              {1.43729e-15, 9.70866e-16, 3.78175e-16, 3.42935e-16, 1.70892e-14, 5.42878e-11, 7.98222e-09, 4.55136e-06});
  check_epoch(trained.history, 100, 0.365977,
              {1.79085e-12, 6.44447e-13, 3.05011e-13, 1.32176e-11, 5.39067e-09, 2.6622e-07, 4.91835e-06, 0.000222979});
}

TEST_CASE("prediction does not change the network, and rows are predicted one by one as all at once") {
  lesson1::Mlp network({4, 10, 10, 10, 3});
  const Trained trained = train_as_lecture(network, lecture_adam());
  const Matrix& all = lecture_split().test.x;
  for (int i = 0; i < all.rows; i += 7) {
    Matrix one(1, 4);
    for (int j = 0; j < 4; ++j) one(0, j) = all(i, j);
    const Matrix& o = network.forward(one, Mode::prediction);
    for (int j = 0; j < 3; ++j) CHECK(o(0, j) == doctest::Approx(trained.o(i, j)).epsilon(1e-6));
  }
}
