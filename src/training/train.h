#pragma once

#include <functional>

#include "src/data/split.h"
#include "src/training/history.h"
#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

struct TrainingSettings {
  int epochs = 100;
  int batch_size = 20;
  OptimizerSettings optimizer;
};

// Called after every epoch with its number (1, 2, …), its loss, and how many samples a second it trained.
using EpochReport = std::function<void(int epoch, double loss, double samples_per_second)>;

// Trains the network, whose parameters must have been initialised, and returns the history. Throws
// std::invalid_argument if the batch does not fit the data, and std::runtime_error with epoch, batch, the array where
// it began, and what usually helps, when the loss, a gradient or a parameter is no longer a finite number. Lecture,
// section 1 (1): my.model.FeedForward.create.
History train(Network& network, const Dataset& data, const TrainingSettings& settings, const EpochReport& report);

}  // namespace handgrad
