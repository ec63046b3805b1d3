#include <doctest/doctest.h>

#include "lessons/lesson4/network.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

TEST_CASE("dense6: the lecture's confusion table and probabilities") {
  lesson4::DenseMlp network({4, 3, 4, 5, 6, 7, 8, 3});
  const Trained trained = train_as_lecture(network, lecture_sgd());
  CHECK(trained.confusion.count == Counts{{{18, 0, 0}, {0, 13, 0}, {0, 2, 17}}});
  check_probabilities(trained.o, {0.9988134, 0.001186645, 0}, 1e-5);
  CHECK(std::abs(static_cast<double>(trained.o(0, 2)) / 1.607887e-16 - 1) < 0.01);
}

TEST_CASE("every layer of dense6 sees all layers before it") {
  lesson4::DenseMlp network({4, 3, 4, 5, 6, 7, 8, 3});
  const int inputs[] = {4, 3, 7, 12, 18, 25, 33};
  for (std::size_t i = 1; i <= 7; ++i) CHECK(network.W[i].rows == inputs[i - 1]);
}
