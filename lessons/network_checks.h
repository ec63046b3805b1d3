#pragma once

#include "src/checking/check_report.h"

namespace handgrad {

// Each lesson's whole network against central differences of Σ o ⊗ r: every parameter, in the order of the backward
// pass, in a small and in a deep network and batches of 3 and of 1 row. Weights, biases, γ and β are random, no unit is
// near the kink of its ReLU, and in every layer some are on and some off. (Batch norm needs at least 2 rows.)
void check_lesson1_network(CheckReport& report);
void check_lesson2_network(CheckReport& report);  // γ trainable and γ fixed
void check_lesson3_network(CheckReport& report);
void check_lesson4_network(CheckReport& report);
void check_lesson5_network(CheckReport& report);
void check_lesson6_network(CheckReport& report);  // every activation with every connection, with and without batch norm

}  // namespace handgrad
