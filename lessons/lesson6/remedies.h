#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "lessons/lesson6/network.h"
#include "src/data/split.h"
#include "src/training/initialisation.h"
#include "src/training/optimizer.h"
#include "src/training/train.h"

namespace handgrad::lesson6 {

// A way to train. The defaults are the baseline, lesson 1's network: cross-entropy, adam, ReLU, raw inputs, no batch
// norm, one layer after the other.
struct Remedy {
  std::string name;
  Loss loss = cross_entropy;
  OptimizerSettings optimizer = lecture_adam();
  bool standardised = false;
  Architecture architecture;
  std::optional<Init> init;  // none named: the lecture's, or what --init says
  double clip = std::numeric_limits<double>::infinity();
};

// The remedies that a run without --remedies compares.
std::vector<std::string> default_remedies();

// The remedy of a name: "baseline"; "bare", which has nothing of the lecture's list (squared error, sgd, sigmoid); or
// words that each change one part, joined by "+": "sgd+residual" changes the baseline, "bare+residual" the bare
// network. Throws UsageError for another word, or two words for the same part.
Remedy remedy_named(const std::string& name);

// What remedy_named accepts, a line a word with the part that it changes.
std::string remedies_help();

// The network of a remedy with `depth` fully connected layers, as in lesson 1: depth - 1 hidden ones of `width` units
// and the last. With dense connections only the first hidden layer has `width` units; every further one adds 2, so that
// layer 100 reads 206 inputs where it would read 990 if every layer added 10.
std::vector<int> remedy_widths(const Remedy& remedy, int depth, int width);
// About how many weights it has.
double remedy_weights(const Remedy& remedy, int depth, int width);

// The flowers with every feature made (x - mean) / sqrt(variance + 0.001) by the mean and variance (divided by n) of
// the training flowers: lesson 2's batch norm of the whole training set, γ 1 and β 0. The test flowers are not looked
// at.
Split standardised(const Split& split);

}  // namespace handgrad::lesson6
