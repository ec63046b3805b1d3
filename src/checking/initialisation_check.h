#pragma once

#include "src/checking/check_report.h"
#include "src/checking/checks.h"

namespace handgrad {

// The range of he's weights in layers of several sizes: with it half of the units' squares, times inputs, times the
// variance of a weight, is 1.
using HeRange = double (*)(int inputs, int outputs);
void check_he_range(CheckReport& report, HeRange function, const File& file);

// The factor of a layer against its formula, for several sizes, ranges and activations, which are given by their slopes
// on both sides of 0.
using LayerFactor = double (*)(int units, double range, double on, double off);
void check_layer_factor(CheckReport& report, LayerFactor function, const File& file);

}  // namespace handgrad
