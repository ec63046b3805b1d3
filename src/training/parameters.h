#pragma once

#include <string>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

// One named array of a network: where it lies, and where its gradient lies. The names are the lecture's:
// fc1_weight, fc1_bias, bn1_gamma, bn1_beta, bn1_moving_mean, bn1_moving_var, … What is saved but not trained
// by its gradient (moving statistics, a fixed gamma) has no gradient.
struct Parameter {
  std::string name;
  Matrix* value;
  Matrix* grad = nullptr;
};

// The parameters fc1_weight, fc1_bias, fc2_weight, … of a network whose arrays count from 1 and lie in these vectors.
std::vector<Parameter> fully_connected_parameters(std::vector<Matrix>& W, std::vector<Matrix>& b,
                                                  std::vector<Matrix>& grad_W, std::vector<Matrix>& grad_b);

// Whether the name ends so: "_weight", "_bias", "_gamma", …
bool has_ending(const std::string& name, const std::string& ending);

// The layer in the name of a parameter or a value: "fc12" of "fc12_weight" or "fc12_out".
std::string layer_of(const std::string& name);

// The parameters as text: for each a line "name rows cols", then its rows, with so many digits that reading
// gives the same numbers back.
std::string parameters_text(const std::vector<Parameter>& parameters);

// Reads a file that holds parameters_text into the parameters of a network with the same names and shapes.
// Throws std::runtime_error with one line that names file, line, what was found and what was expected; no
// parameter has changed then.
void read_parameters(const std::string& path, const std::vector<Parameter>& parameters);

}  // namespace handgrad
