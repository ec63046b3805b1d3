#pragma once

#include <string>
#include <vector>

#include "src/training/history.h"
#include "src/training/network.h"

namespace handgrad {

// What went wrong in training, in words. These functions search whole networks: they are called after an anomaly or a
// run, not in every step.

// Whether no element is NaN or infinite.
bool all_finite(const Matrix& matrix);

// Where NaN or infinity began, after a forward pass whose loss is NaN or infinite: in the input, or else in the first
// of network.outputs() that holds one; with it the first parameter that holds one:
//   relu2_out is the first with infinity in row 3, column 0 (from 0); fc3_weight holds NaN in row 0, column 1 (from 0)
std::string origin_in_forward(const Matrix& x, const Network& network, const std::vector<Parameter>& parameters);

// The same after a backward pass, which goes from the last parameter to the first:
//   on the way back that of fc97_bias is the first with NaN in row 0, column 4 (from 0)
std::string origin_in_backward(const std::vector<Parameter>& parameters);

// The first parameter with one: "fc3_weight holds NaN in row 0, column 1 (from 0)"; empty if all are numbers.
std::string origin_in_parameters(const std::vector<Parameter>& parameters);

// Why the first weight's gradient is 0 from some epoch to the last; called after train(), before another forward pass,
// whose arrays it looks at: those of the last batch. Empty if a gradient reached it in the last epoch. Otherwise "no
// gradient reaches fc1 from epoch 12 on: " and one of
//   all 10 units of relu1 are off for all 20 rows
//   each of the 3 rows is cut off, 1 at relu1, 2 at relu2
//   on the way forward the values get too small for a number in fc24
//   on its way back it gets too small for a number behind fc9
//   none leaves the softmax, whose probabilities are all 0 or 1
//   none passes sigmoid1, whose values are all 0 or 1
//   a batch of one row has no variance, so batch norm lets none past
// Where values or gradients are too small, the same network gets a gradient with numbers of more range.
// Lecture, section 1: the gradient that vanishes; section 5: units that are off.
std::string lost_gradient(Network& network, const History& history);

}  // namespace handgrad
