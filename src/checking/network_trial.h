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
  Matrix r = {};    // the loss is Σ o ⊗ r
  double gain = 1;  // of the weights, beside the subject's

  std::string forward_name() const { return subject.network + "::forward"; }
  std::string backward_name() const { return subject.network + "::backward"; }
  // The report's line for the list of parameters.
  Equation list() const;
  // The report's line for a parameter: "weight, hidden layers".
  Equation equation_of(const std::string& parameter) const;
  // "fc2_weight of the network 4-(4×3)-3, sigmoid, residual"
  std::string text(const std::string& parameter) const;
};

// So many hidden layers make a network deep.
constexpr int deep = 10;

// Gives the network random parameters and a random batch, in which no unit is at its kink. In every ReLU of one that is
// not deep some units are on and some off. In a deep one the weights are as large as lets the last layer's values be of
// size 1; then gradients neither vanish nor explode. All this if such are found soon.
void place_well(Trial& trial);

// Whether the last forward pass ran off, so far that a parameter is lost beside its sums.
bool explodes(const Network& network);

}  // namespace handgrad
