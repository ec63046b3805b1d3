#pragma once

#include <memory>
#include <string>

#include "src/checking/network_check.h"

namespace handgrad {

// A network of one case, with what it is given.
struct Trial {
  const Subject& subject;
  NetworkCase sizes;
  std::unique_ptr<Network> network = nullptr;
  Matrix x = {};
  Matrix r = {};  // the loss is Σ o ⊗ r

  std::string forward_name() const { return subject.network + "::forward"; }
  std::string backward_name() const { return subject.network + "::backward"; }
  // The report's line for the list of parameters.
  Equation list() const;
  // The report's line for a parameter: "weight, hidden layers".
  Equation equation_of(const std::string& parameter) const;
  // "fc2_weight of the network 4-(4×3)-3, sigmoid, residual"
  std::string text(const std::string& parameter) const;
};

// Gives the network random parameters and a random batch, in which no unit is at its kink and, unless the network is
// deep, every ReLU has units that are on and units that are off, if such are found soon.
void place_well(Trial& trial);

// Whether the last forward pass ran off, so far that a parameter is lost beside its sums.
bool explodes(const Network& network);

}  // namespace handgrad
