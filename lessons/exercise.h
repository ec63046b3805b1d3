#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

// Stands where a student has something to write; takes what the student will need, so that the compiler does not call
// it unused. What comes after it in an exercise is shown as "not written yet".
struct NotWrittenYet {};
template <class... Anything>
[[noreturn]] void not_written_yet(const Anything&...) {
  throw NotWrittenYet{};
}

// A network's parameters by the lecture's names: PARAMS("fc1_weight").
struct NamedParameters {
  std::vector<Parameter> all;

  // Throws std::invalid_argument if there is no such name.
  const Matrix& operator()(const std::string& name) const;
};

// The steps of a prediction as a student computed them, by the names of the lecture's exercises: fc1_out, relu1_out, …
struct Steps {
  struct Step {
    std::string name;
    Matrix value;
  };
  std::vector<Step> all;

  // Notes a step and hands its value on.
  Matrix add(const std::string& name, const Matrix& value);
};

// A prediction by hand: x is one flower, 1 × 4; it adds every step up to softmax_out.
using PredictByHand = std::function<void(const Matrix& x, const NamedParameters& PARAMS, Steps& steps)>;

// A lecture's exercise as a program: trains the network as the lecture does (or reads its parameters: --load FILE),
// predicts the first test flower with it and by hand, and prints every step of both side by side, with the first one
// that differs by more than 1e-6. Returns the exit status: 0 if every step is written and agrees, 1 if not, 2 after a
// wrong option.
int run_exercise(const std::string& title, Network& network, const OptimizerSettings& optimizer,
                 const PredictByHand& by_hand, int argc, char** argv);

}  // namespace handgrad
