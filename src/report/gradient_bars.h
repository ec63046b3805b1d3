#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// The gradients as bars of text, after a training step: for every fcN its mean |grad| in that step and the standard
// deviation of what the layer hands on to the next (fcN, or what follows it up to the next one), on a logarithmic scale
// from 1e-15 to 1, two places a decade. Of more than 26 layers 26 are shown, evenly spread.
std::string gradient_bars(const std::vector<NamedValue>& values, const std::vector<Parameter>& parameters);

}  // namespace handgrad
