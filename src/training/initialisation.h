#pragma once

#include <cstdint>
#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// Gives every parameter the lecture's initial value: biases, betas and moving means 0, gammas and moving
// variances 1, weights uniform in [-0.01, 0.01), drawn in the order of `parameters` as MXNet draws them, to
// the last bit. Throws std::invalid_argument for the name of something else. Lecture, section 1 (1):
// mx.set.seed(0), mx.init.uniform(0.01).
void initialise(const std::vector<Parameter>& parameters, std::uint32_t seed);

}  // namespace handgrad
