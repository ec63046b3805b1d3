#pragma once

#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/data/split.h"
#include "src/layers/log_loss.h"
#include "src/layers/squared_loss.h"
#include "src/training/history.h"
#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

// What is minimized: a loss of the probabilities o and the labels y, and its gradient.
struct Loss {
  Real (*forward)(const Matrix& o, const Matrix& y);
  void (*backward)(const Matrix& o, const Matrix& y, Matrix& grad_o);
};
constexpr Loss cross_entropy{log_loss_forward, log_loss_backward};
constexpr Loss squared_error{squared_loss_forward, squared_loss_backward};

// The defaults are the lecture's.
struct TrainingSettings {
  OptimizerSettings optimizer;
  int epochs = 100;
  int batch_size = 20;
  Loss loss = cross_entropy;
  double clip = std::numeric_limits<double>::infinity();  // bound of the gradients' norm, clip_gradients
};

// The state of a training: what goes into a step, and the results of the last one.
struct Training {
  Network* network;
  const Dataset* data;
  TrainingSettings settings;
  std::vector<Parameter> parameters;  // of the network
  std::vector<Parameter> weights;     // those of them whose gradients the history shows: fc1_weight, fc2_weight, …
  Optimizer optimizer;

  Matrix x, y, grad_o;                // of the last batch
  double loss = 0;                    // of the last batch, before its step
  std::vector<double> mean_abs_grad;  // [weight] mean |grad| of the last batch, before clipping

  // The network, whose parameters must have been initialised, and the data must outlive it. From here on the network
  // need not compute the gradient of x: wants_grad_x is false, also when the training is over.
  Training(Network& untrained, const Dataset& training_set, const TrainingSettings& training_settings);
};

// One step with batch number `batch` (0, 1, …): forward, loss, backward, clipping, optimizer. Only the first step
// allocates memory. It ends after the loss if that is NaN or infinite. Throws std::invalid_argument if the data has no
// such batch.
void training_step(Training& training, int batch);

// Called after every epoch with its number (1, 2, …), its loss, and how many samples a second it trained.
using EpochReport = std::function<void(int epoch, double loss, double samples_per_second)>;

// The loss, a gradient or a parameter is NaN or infinite: what() says where it began and what usually helps.
struct Diverged : std::runtime_error {
  History history;  // of the epochs before that one
  Diverged(const std::string& message, const History& before) : std::runtime_error(message), history(before) {}
};

// Trains the network, whose parameters must have been initialised, and returns the history. Throws
// std::invalid_argument if the batch does not fit the data, and Diverged with epoch, batch and the array where it
// began. Lecture, section 1 (1): my.model.FeedForward.create.
History train(Network& network, const Dataset& data, const TrainingSettings& settings,
              const EpochReport& report = nullptr);

}  // namespace handgrad
