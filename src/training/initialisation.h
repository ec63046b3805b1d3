#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// How wide the initial weights are drawn: W, inputs × outputs, is uniform in ±init_range.
enum class Init {
  lecture,  // 0.01: mx.init.uniform(0.01), lecture, section 1 (1)
  glorot,   // sqrt(6 / (inputs + outputs)): Glorot and Bengio (2010), "Understanding the difficulty of training deep
            // feedforward neural networks", (16)
  he        // sqrt(6 / inputs): He, Zhang, Ren, Sun (2015), "Delving Deep into Rectifiers", (10), drawn uniformly
};
double init_range(Init init, int inputs, int outputs);

// Their names as --init takes them, in the order of Init: "lecture", "glorot", "he".
const std::vector<std::string>& init_names();
const std::string& init_name(Init init);

// Gives every parameter its initial value: biases, betas and moving means 0, gammas and moving variances 1, weights
// uniform in ±init_range, drawn in the order of `parameters` as MXNet draws them; with Init::lecture these are the
// lecture's, to the last bit. Throws std::invalid_argument for the name of something else. Lecture, section 1 (1):
// mx.set.seed(0), mx.init.uniform(0.01).
void initialise(const std::vector<Parameter>& parameters, std::uint32_t seed, Init init = Init::lecture);

}  // namespace handgrad
