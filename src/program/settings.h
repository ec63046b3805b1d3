#pragma once

#include <memory>
#include <string>
#include <vector>

#include "src/program/options.h"
#include "src/training/network.h"
#include "src/training/train.h"

namespace handgrad {

// About how many weights a network of `depth` layers of `width` units has.
double plain_weights(int depth, int width);

// One run of a lesson, with the lecture's settings.
struct Run {
  std::string name;   // names its files: out/lessonN/NAME.history.csv, …
  std::string title;  // what the plot shows under the lecture's settings
  int depth;          // the number in the run's name, which --depth changes
  int width;          // units of a hidden layer, which --width changes
  OptimizerSettings optimizer;
  std::unique_ptr<Network> (*make_network)(int depth, int width);
  double (*count_weights)(int depth, int width) = plain_weights;  // so that what fits no machine is refused in time
};

// A run with its settings after the command line has had its say.
struct Settings {
  const Run* run;
  int depth;
  int width;
  std::uint32_t seed;
  Init init;
  TrainingSettings training;
};

// "49 of the 100 flowers are in no batch of 51"; empty where all are in one.
std::string left_out_text(int batch_size);

// Whether the command line asks for training that is not the lesson's own.
bool changes_training(const Options& options);

// Whether the command line asks for anything but the lecture's runs, all of them, and the test flowers.
bool asks_for_own(const Options& options);

// Where a lesson writes: --out, else out/lesson3, or out/lesson3-own if the command line asks_for_own. So out/lesson3
// is always the lecture's.
std::string folder_for(const std::string& lesson, const Options& options);

// The runs that the command line asks for. Throws UsageError if its options do not go together, or if a network or a
// history would be larger than any machine has memory for.
std::vector<Settings> chosen_runs(const std::vector<Run>& runs, const Options& options);

// What to say when memory has run out: what of this run is large, or nothing.
std::string memory_text(const Settings& settings, const Options& options);

// Throws UsageError if a network would have more weights than any machine has memory for.
void refuse_too_many_weights(int depth, int width, double weights, const std::string& run);

// Throws UsageError if --seeds would go on beyond the last seed.
void refuse_seeds_beyond(std::uint32_t first_seed, int seeds);

// The same as refuse_too_many_weights for a history of so many epochs.
void refuse_long_history(int epochs, int depth, const std::string& run);

}  // namespace handgrad
