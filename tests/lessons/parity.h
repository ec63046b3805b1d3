#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>

#include "src/report/confusion.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

namespace handgrad {

using Counts = std::array<std::array<int, 3>, 3>;

// A network trained on the lecture's data, from the lecture's initial weights, and what came of it.
struct Trained {
  History history;
  Matrix o;  // the predictions for the 50 test flowers
  Confusion confusion;
};

inline const Split& lecture_split() {
  static const Split split = read_lecture_split();
  return split;
}

inline Trained train_as_lecture(Network& network, const OptimizerSettings& optimizer) {
  initialise(network.parameters(), 0);
  Trained trained;
  trained.history = train(network, lecture_split().train, {optimizer});
  trained.o = network.forward(lecture_split().test.x, Mode::prediction);
  trained.confusion = confusion_table(trained.o, lecture_split().test.y);
  return trained;
}

// Checks loss and mean |gradient| of one epoch (1, 2, …), each to one in ten thousand.
inline void check_epoch(const History& history, std::size_t epoch, double loss, const std::vector<double>& grads) {
  CAPTURE(epoch);
  CHECK(history.loss[epoch - 1] == doctest::Approx(loss).epsilon(1e-4));
  const std::vector<double>& found = history.mean_abs_grad[epoch - 1];
  REQUIRE(found.size() == grads.size());
  for (std::size_t k = 0; k < grads.size(); ++k) {
    CAPTURE(k);
    // doctest::Approx adds 1 to the size of what it compares; these numbers are far smaller.
    CHECK(std::abs(found[k] - grads[k]) <= 1e-4 * grads[k]);
  }
}

// Checks the probabilities of the first test flower.
inline void check_probabilities(const Matrix& o, const std::array<double, 3>& expected, double tolerance) {
  for (int j = 0; j < 3; ++j) {
    CAPTURE(j);
    CHECK(std::abs(static_cast<double>(o(0, j)) - expected[static_cast<std::size_t>(j)]) < tolerance);
  }
}

}  // namespace handgrad
