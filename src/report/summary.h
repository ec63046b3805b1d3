#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"
#include "src/training/optimizer.h"
#include "src/training/parameters.h"

namespace handgrad {

// The sizes of a network, read off its weights: inputs, units of the hidden layers with equal neighbours counted
// together, outputs: "4-(10×7)-3".
std::string network_shape(const std::vector<Parameter>& parameters);

// "adam lr 0.001" or "sgd lr 0.05 momentum 0.9".
std::string optimizer_text(const OptimizerSettings& settings);

// A line for every step of the forward pass: its name, the shape of what it computes, how many parameters it has, and
// their shapes; then the sums. What has no gradient (moving statistics, a fixed gamma) is not trained. `outputs` and
// `parameters` are the network's, after a forward pass.
std::string network_summary(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters);

}  // namespace handgrad
