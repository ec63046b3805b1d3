#pragma once

#include <string>
#include <vector>

namespace handgrad {

// What training leaves behind: for every epoch the loss and, for every fcN_weight, mean |grad|, both averaged
// over the batches of the epoch; of gradients as they were before clipping.
struct History {
  std::vector<std::string> weights;                // fc1_weight, fc2_weight, …
  std::vector<double> loss;                        // [epoch]
  std::vector<std::vector<double>> mean_abs_grad;  // [epoch][weight]
};

}  // namespace handgrad
