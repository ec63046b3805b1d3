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
  std::string group;     // "lesson6"
  std::string section;   // "6"
  std::string network;   // "RemedyMlp": the class whose forward, backward and parameters are judged
  std::string file;      // "lessons/lesson6/network.cpp"
  std::string built_as;  // what tells it from others of its class: "sigmoid, residual, batch norm"
  std::function<std::unique_ptr<Network>(int hidden, int width)> make;
  // What is listed without a gradient on purpose: "gamma" where it is fixed.
  std::vector<std::string> fixed = {};
  // Random weights are multiplied by this, so that a deep network neither dies nor explodes.
  double gain = 1;
  // For a diagnosis: the network's gradients (by parameter name) as they would be with a mistake of this name.
  std::function<std::vector<Alternative>(Network&, const Matrix& grad_o, const std::string& parameter)> mistaken =
      nullptr;
};

// A network of so many hidden layers of one width, and a batch of n rows.
struct NetworkCase {
  int hidden, width, n;
};

// Few layers and many, the lessons' own width, batches down to one row. Batch norm needs at least 3: it lets no
// gradient through from one row, and next to none from two, which it always makes -1 and 1.
const std::vector<NetworkCase>& all_networks();
// Two of them, for another network of a class that was checked in all.
const std::vector<NetworkCase>& some_networks();

// Whole networks against differences of Σ o ⊗ r: the list of parameters, then every parameter, in the order of the
// backward pass. Parameters and batch are random; in every ReLU some units are on and some off.
void check_network(CheckReport& report, const Subject& subject, const std::vector<NetworkCase>& cases = all_networks());

}  // namespace handgrad
