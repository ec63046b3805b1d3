#pragma once

#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// Gradient clipping by global norm. All gradients together, of every parameter that has one, are one long vector g:
//   ‖g‖ = sqrt(Σ g²)
//   g = g bound / ‖g‖ where ‖g‖ > bound, else as it is
// So the step keeps its direction, and no batch makes it longer than bound. A norm that is NaN or infinite leaves the
// gradients as they are, so that train says where that began. Returns ‖g‖ before clipping.
// Pascanu, Mikolov, Bengio (2013), "On the difficulty of training recurrent neural networks", algorithm 1.
double clip_gradients(const std::vector<Parameter>& parameters, double bound);

}  // namespace handgrad
