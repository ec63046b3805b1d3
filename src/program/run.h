#pragma once

#include <string>

#include "src/data/split.h"
#include "src/program/settings.h"
#include "src/report/page.h"

namespace handgrad {

// Trains, predicts the samples, prints the lecture's lines, and writes NAME.history.csv into the folder,
// .predictions.csv, .params.txt, .gradients.svg and, for --trace, .trace.txt. Returns what the lesson's page shows of
// it, but for the command. Throws as train, write_file and read_history do, and std::runtime_error if the predictions
// are not finite or --beside is of another network.
RunReport train_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
                    const std::string& folder);

// Trains nothing: predicts the samples with the parameters of the file --load, and writes NAME.loaded.predictions.csv
// and, for
// --trace, .trace.txt. Throws as read_parameters and train_run do.
void load_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
              const std::string& folder);

// Trains nothing: prints the layers of the network, their shapes and how many parameters they have.
void print_summary(const Settings& settings);

}  // namespace handgrad
