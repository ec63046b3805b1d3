#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/training/network.h"

namespace handgrad {

// A network to be checked: its lesson, its backward function, and what a likely mistake would make of a gradient.
struct Subject {
  std::string group;
  std::string section;
  std::string function;
  std::string file;
  std::function<std::unique_ptr<Network>(int hidden)> make;
  bool batch_norm = false;
  // For a diagnosis: the network's gradients (by parameter name) as they would be with a mistake of this name.
  using Mistaken =
      std::function<std::vector<Alternative>(Network&, const Matrix& grad_o, const std::string& parameter)>;
  Mistaken mistaken = nullptr;
};

// A whole network against central differences of Σ o ⊗ r, in a batch of n rows: every parameter, in the order of the
// backward pass. Parameters and batch are random, no unit is near the kink of its ReLU, and in every layer some are on
// and some off.
void check_network(CheckReport& report, const Subject& subject, int hidden, int n);

// The same for networks of 3 and 7 hidden layers and batches of 3, 20, 2 and 1 rows. Batch norm needs at least 3.
void check_small_and_deep(CheckReport& report, const Subject& subject);

}  // namespace handgrad
