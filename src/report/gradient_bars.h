#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// Bars of text after a training step, a line a layer: the mean |grad| of fcN_weight, and the standard deviation of the
// last output with the number N, which the next layer reads. The scale is logarithmic, from 1e-15 to 1, two places a
// decade. Of more than 26 layers 26 are shown, evenly spread. Throws std::invalid_argument if no output has a weight's
// number.
std::string gradient_bars(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters);

}  // namespace handgrad
