#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

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
  std::function<void(const Step&)> tell = nullptr;  // called for every step

  // Notes a step and hands its value on.
  Matrix add(const std::string& name, const Matrix& value);
};

using PredictByHand = void (*)(const Matrix& x, const NamedParameters& PARAMS, Steps& steps);

// How a prediction by hand compares with the network's.
struct PredictionReport {
  std::string text;    // a table of all steps, and every number of the first one that differs
  std::string ending;  // why there are no more steps: "not written yet", what was thrown, how it crashed; or empty
  int right;           // steps that agree to 1e-6; one less if all do, but by_hand does not return
  int of;
};

// Predicts x, one flower, with the network and by hand; by_hand adds every step up to softmax_out. It runs in a child
// process: what it computed before it crashed, ended or did not come back still counts.
PredictionReport check_prediction(Network& network, const Matrix& x, PredictByHand by_hand);

}  // namespace handgrad
