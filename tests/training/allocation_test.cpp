#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/remedies.h"
#include "tests/lessons/parity.h"
#include "tests/training/allocations.h"

using namespace handgrad;

namespace {

std::unique_ptr<Network> mlp(int hidden) {
  return std::make_unique<lesson1::Mlp>(layer_widths(hidden, 10));
}

std::unique_ptr<Network> batch_norm(int hidden) {
  return std::make_unique<lesson2::BatchNormMlp>(layer_widths(hidden, 10));
}

std::unique_ptr<Network> residual(int hidden, int width) {
  return std::make_unique<lesson3::ResidualMlp>(layer_widths(hidden, width));
}

}  // namespace

TEST_CASE("allocations counts what a matrix asks for") {
  Matrix matrix;
  const long before = allocations();
  matrix.resize(2, 3);
  const long once = allocations();
  matrix.resize(3, 2);
  const long again = allocations();
  CHECK(once == before + 1);
  CHECK(again == once);
}

TEST_CASE("no training step but the first allocates memory") {
  struct Run {
    const char* name;
    std::unique_ptr<Network> (*make_network)();
  };
  const std::vector<Run> runs{{"mlp4", [] { return mlp(3); }},
                              {"mlp8", [] { return mlp(7); }},
                              {"bn8", [] { return batch_norm(7); }},
                              {"bn25", [] { return batch_norm(25); }},
                              {"res6", [] { return residual(6, 3); }},
                              {"res25", [] { return residual(25, 10); }},
                              {"res100", [] { return residual(100, 10); }},
                              {"dense6",
                               []() -> std::unique_ptr<Network> {
                                 return std::make_unique<lesson4::DenseMlp>(std::vector<int>{4, 3, 4, 5, 6, 7, 8, 3});
                               }},
                              {"leaky", []() -> std::unique_ptr<Network> {
                                 return std::make_unique<lesson5::LeakyMlp>(layer_widths(2, 10), Real(0.25));
                               }}};
  for (const Run& run : runs) {
    for (const OptimizerSettings& optimizer : {lecture_sgd(), lecture_adam()}) {
      CAPTURE(run.name);
      const std::unique_ptr<Network> network = run.make_network();
      initialise(network->parameters(), 0);
      Training training(*network, lecture_split().train, {optimizer, 1});

      const long before = allocations();
      training_step(training, 0);
      const long after_first = allocations();
      for (int batch = 1; batch <= 3; ++batch) training_step(training, batch);
      const long after_all = allocations();
      CHECK(after_first > before);
      CHECK(after_all == after_first);
    }
  }
}

TEST_CASE("nor does one of lesson 6, with any remedy") {
  for (const std::string& name : lesson6::default_remedies()) {
    CAPTURE(name);
    const lesson6::Remedy remedy = lesson6::remedy_named(name);
    lesson6::RemedyMlp network(lesson6::remedy_widths(remedy, 8, 10), remedy.architecture);
    initialise(network.parameters(), 0);
    Training training(network, lecture_split().train, {remedy.optimizer, 1, 20, remedy.loss, remedy.clip});
    training_step(training, 0);
    const long after_first = allocations();
    for (int batch = 1; batch <= 3; ++batch) training_step(training, batch);
    const long after_all = allocations();
    CHECK(after_all == after_first);
  }
}
