#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/report/confusion.h"
#include "src/training/history.h"
#include "src/training/parameters.h"

namespace handgrad {

// A run that was made before and stands beside a new one.
struct EarlierRun {
  std::string path;  // of its history
  History history;
  std::optional<Confusion> confusion;  // of the predictions beside the history, if they are there
};

// Reads RUN.history.csv and, where it is, RUN.predictions.csv. `parameters` are the new network's. Throws
// std::runtime_error with one line that names file, line, what was found and what was expected, and for the history of
// a network with other weights both networks.
EarlierRun read_earlier_run(const std::string& path, const std::vector<Parameter>& parameters);

// A line a quantity, before, now and the ratio: the loss, the first and the last weight's mean |gradient|, all in the
// last epoch, and how many flowers are right.
std::string beside_text(const EarlierRun& earlier, const History& now, const Confusion& right_now);

}  // namespace handgrad
