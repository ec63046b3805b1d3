#pragma once

#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/checking/checks.h"
#include "src/training/adam.h"
#include "src/training/clip.h"
#include "src/training/optimizer.h"
#include "src/training/sgd.h"

namespace handgrad {

// The updates and adam's corrected learning rate against their formulas in plain double, step by step: from moments
// that are not 0, with settings that are not the lecture's too, with gradients that shrink, change their sign or are 0.
void check_sgd(CheckReport& report, decltype(&sgd_update) function = sgd_update,
               const File& file = "src/training/sgd.cpp");
void check_adam(CheckReport& report, decltype(&adam_update) function = adam_update,
                const File& file = "src/training/adam.cpp");

// Clipped gradients and their norm against the formula: norms above the bound, far above, near and below, gradients
// from 1e-30 to 1e30, one parameter and several, some without a gradient, which must stay as they are.
void check_clip(CheckReport& report, decltype(&clip_gradients) function = clip_gradients,
                const File& file = "src/training/clip.cpp");

// A thousand steps of optimizer_step for several parameters, one of them without a gradient, against the same formulas:
// no function of src/training takes part.
void check_optimizer_step(CheckReport& report);

// fully_connected_parameters: the names, and which array each stands for.
void check_parameters(CheckReport& report);

// What is done with the gradients; and what must come before the networks.
std::vector<NamedCheck> training_checks();

}  // namespace handgrad
