#pragma once

#include <string>

#include "src/data/split.h"
#include "src/program/settings.h"
#include "src/report/page.h"

namespace handgrad {

// Trains, predicts the samples, prints the lecture's lines, and writes into the folder NAME.history.csv,
// .predictions.csv, .params.txt, .gradients.svg and, for --trace, .trace.txt. Returns what the lesson's page shows of
// it, but for the command. A run that diverged has its history and pictures up to there, and neither predictions nor
// parameters. Throws as train (but Diverged), write_file and read_earlier_run do.
RunReport train_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
                    const std::string& folder);

// Trains nothing: predicts the samples with the parameters of the file --load, and writes into the folder
// NAME.loaded.predictions.csv and, for --trace, NAME.loaded.trace.txt. Throws as read_parameters and write_file do, and
// std::runtime_error if the predictions are not finite.
void load_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
              const std::string& folder);

// Trains nothing: prints the layers of the network, their shapes and how many parameters they have.
void print_summary(const Settings& settings);

}  // namespace handgrad
