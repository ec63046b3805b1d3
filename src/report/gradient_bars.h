#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// The gradients as bars of text, after a training step: for every weight its mean |grad| in that step and the standard
// deviation of what layer N hands on to the next (its last output with the number N), on a logarithmic scale from 1e-15
// to 1, two places a decade. Of more than 26 layers 26 are shown, evenly spread. Throws std::invalid_argument if a
// weight's number is no output's.
std::string gradient_bars(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters);

}  // namespace handgrad
