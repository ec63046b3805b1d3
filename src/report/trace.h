#pragma once

#include <string>

#include "src/data/split.h"
#include "src/training/network.h"
#include "src/training/train.h"

namespace handgrad {

// One flower's way through a network and back: every array of the forward and of the backward pass, in the order in
// which they are computed, with its formula and section; the gradient of fc1_out is called grad_fc1_out.
struct Trace {
  std::string file;   // RUN.trace.txt: the arrays as in RUN.params.txt, the whole batch; other lines begin with #
  std::string shown;  // for a person: of an array with a row a flower this flower's, five digits of the largest
};

// Passes the batch that holds row `row` of iris through the network, in training mode, and back. What is in no batch, a
// test flower, takes the place of the first flower of batch 1. The parameters stay as they were, the moving statistics
// too. `title` says what network it is, `path` where the file will be. Of more than 10 layers the first and last three
// are shown.
Trace trace_of(Network& network, const Loss& loss, const Split& split, int row, int batch_size,
               const std::string& title, const std::string& path);

}  // namespace handgrad
