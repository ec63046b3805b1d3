#pragma once

#include <string>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

// One named array of a network (names.h): where it lies, and where its gradient lies. What is saved but not trained by
// its gradient (moving statistics, a fixed gamma) has no gradient.
struct Parameter {
  std::string name;
  Matrix* value;
  Matrix* grad = nullptr;
};

// The parameters fc1_weight, fc1_bias, fc2_weight, … of a network whose arrays count from 1 and lie in these vectors.
std::vector<Parameter> fully_connected_parameters(std::vector<Matrix>& W, std::vector<Matrix>& b,
                                                  std::vector<Matrix>& grad_W, std::vector<Matrix>& grad_b);

// Those of the parameters whose gradients a history shows, in their order: fc1_weight, fc2_weight, …
std::vector<Parameter> weights_of(const std::vector<Parameter>& parameters);

}  // namespace handgrad
