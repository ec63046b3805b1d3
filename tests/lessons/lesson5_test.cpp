#include <doctest/doctest.h>

#include "lessons/lesson1/network.h"
#include "lessons/lesson5/network.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

TEST_CASE("leaky: LeakyReLU passes more gradient than ReLU in every layer, and learns further in 100 epochs") {
  lesson5::LeakyMlp leaky_network(layer_widths(2, 10), Real(0.25));
  const Trained leaky = train_as_lecture(leaky_network, lecture_sgd());
  lesson1::Mlp relu_network(layer_widths(2, 10));
  const Trained relu = train_as_lecture(relu_network, lecture_sgd());
  for (const std::size_t epoch : {0u, 9u, 49u}) {
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(leaky.history.mean_abs_grad[epoch][k] > relu.history.mean_abs_grad[epoch][k]);
    }
  }
  CHECK(leaky.history.loss[99] < relu.history.loss[99]);
}

TEST_CASE("with slope 0 the leaky network is lesson 1's, to the last bit") {
  lesson5::LeakyMlp leaky_network(layer_widths(2, 10), 0);
  const Trained leaky = train_as_lecture(leaky_network, lecture_sgd());
  lesson1::Mlp relu_network(layer_widths(2, 10));
  const Trained relu = train_as_lecture(relu_network, lecture_sgd());
  CHECK(leaky.history.loss == relu.history.loss);
  CHECK(leaky.o.values == relu.o.values);
}
