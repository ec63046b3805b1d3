#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// What is wrong with the arrays of a network's parameters or outputs, if anything: none, or one that is gone.
std::string fault_of_arrays(const std::vector<Parameter>& parameters);
std::string fault_of_arrays(const std::vector<Output>& outputs);

// What is wrong with what the network tells of its last forward pass of x, if anything: an output that its layer does
// not compute from the output before it.
std::string fault_of_outputs(Network& network, const Matrix& x);

// What is wrong with the names in the list of a network's parameters, if anything: one that is missing, twice or out of
// order, an array or a gradient that is listed twice.
std::string fault_of_names(Network& network);

// Whether each name is that of the array that takes part where it says, and whether what is trained has a gradient;
// `fixed` are those that have none on purpose. The network has its random parameters; x is a batch for it. In a long
// list two layers of eight are looked at.
std::string fault_of_parameters(Network& network, const Matrix& x, const std::vector<std::string>& fixed);

// What forward does wrong with its modes, if anything: moving statistics move in training and count in prediction, each
// in its own layer; nothing else tells the two apart.
std::string fault_of_prediction(Network& network, const Matrix& x);

}  // namespace handgrad
