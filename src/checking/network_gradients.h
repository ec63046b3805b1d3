#pragma once

#include <vector>

#include "src/checking/call.h"
#include "src/checking/network_trial.h"

namespace handgrad {

// The gradients as they are now, in the order of parameters(); empty matrices where a parameter has none.
std::vector<Matrix> gradients(Network& network);

// Holds all gradients that the backward pass has written against differences of Σ o ⊗ r: of a deep network all at once,
// else those of a layer; one by one if they do not agree.
void check_gradients(CheckReport& report, Trial& trial, const CallOutcome& outcome);

}  // namespace handgrad
