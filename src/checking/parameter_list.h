#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// What is wrong with the list of a network's parameters, if anything: a name that is missing, twice or out of order, an
// array under the name of another, a gradient that is missing. `fixed` are those that have none on purpose. The network
// has its random parameters; x is a batch for it.
std::string fault_of_parameters(Network& network, const Matrix& x, const std::vector<std::string>& fixed);

}  // namespace handgrad
