#pragma once

#include <string>
#include <vector>

#include "src/training/optimizer.h"
#include "src/training/parameters.h"

namespace handgrad {

// The sizes of a network, read off its weights: the inputs, the units of every hidden layer, equal neighbours
// drawn together, and the outputs: "4-(10×7)-3".
std::string network_shape(const std::vector<Parameter>& parameters);

// "adam lr 0.001" or "sgd lr 0.05 momentum 0.9".
std::string optimizer_text(const OptimizerSettings& settings);

}  // namespace handgrad
