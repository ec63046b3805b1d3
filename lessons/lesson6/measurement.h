#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lessons/lesson6/remedies.h"

namespace handgrad::lesson6 {

// A network has learned if it tells the three species apart: at least 90 % of the test flowers are right.
constexpr double learned_from = 90;

// What came of one run. A number that there is not, because the run diverged before, is NaN.
struct Measurement {
  int depth;
  std::string remedy;
  std::uint32_t seed;
  int epochs;             // that ended with finite numbers
  double loss;            // of the last of them: the mean over its batches
  double accuracy;        // % of the test flowers
  double gradient_ratio;  // in epoch 1: mean |grad| of the first layer's weight over that of the last layer's
  bool diverged;          // loss, gradients or predictions were not finite any more

  bool learned() const { return !diverged && accuracy >= learned_from; }
};

// Trains one network from the seed's initial weights. `samples` are raw or standardised, as the remedy wants them.
Measurement measure(const Remedy& remedy, int depth, int width, std::uint32_t seed, const Split& samples,
                    const TrainingSettings& settings);

// "hidden layers of 10 units, batch 20, 100 epochs, 10 seeds from 0": what all runs of a comparison have.
std::string comparison_text(int width, const TrainingSettings& training, std::uint32_t first_seed, int seeds);

// The runs of one remedy and one depth, over the seeds.
struct Summary {
  int runs = 0;
  int learned = 0;
  int diverged = 0;
  double mean = 0;            // of the accuracies of the runs that did not diverge; NaN if all did
  double deviation = 0;       // their standard deviation, divided by n - 1; NaN for fewer than two
  double gradient_ratio = 0;  // the median of those that there are; NaN if there is none
};
Summary summary_of(const std::vector<Measurement>& runs);

// "72.0 ± 8.3 (4)": mean, standard deviation, and how many runs learned; with ", 2 diverged" if some did.
std::string accuracy_text(const Summary& summary);
// "3e-05"; "0" if the first layer's gradient is too small for a number.
std::string ratio_text(const Summary& summary);

// A header "depth,remedy,seed,epochs,loss,accuracy,learned,gradient_ratio", then a line a run; learned is yes, no or
// diverged, and what there is not is empty.
std::string runs_csv(const std::vector<Measurement>& runs);

}  // namespace handgrad::lesson6
