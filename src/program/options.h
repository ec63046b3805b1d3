#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/program/errors.h"
#include "src/training/initialisation.h"
#include "src/training/optimizer.h"

namespace handgrad {

// The options of a lesson's command line. An empty optional leaves the lecture's setting.
struct Options {
  std::optional<std::string> run;
  std::optional<int> epochs;
  std::optional<int> batch;
  std::optional<OptimizerSettings::Kind> optimizer;
  std::optional<double> lr;
  std::optional<double> momentum;
  std::optional<int> depth;
  std::optional<int> width;
  std::optional<std::uint32_t> seed;
  std::optional<Init> init;
  std::optional<double> clip;
  std::optional<std::string> out;
  std::optional<std::string> load;
  std::vector<int> rows;  // empty: the test rows
  std::optional<int> trace;
  std::optional<std::string> beside;
  std::vector<std::string> remedies;  // empty: all
  std::optional<int> seeds;
  bool watch_gradients = false;
  bool summary = false;
  bool quiet = false;
  bool help = false;
};

// Reads the arguments behind the program's name. Throws UsageError for an unknown option, a missing or
// unacceptable value, or a run that is not among run_names.
Options parse_options(const std::vector<std::string>& arguments, const std::vector<std::string>& run_names);

// The same for lesson 6, which compares remedies over seeds: --remedies and --seeds in place of the options that speak
// of one run or its optimizer.
Options parse_remedy_options(const std::vector<std::string>& arguments);

// The same for lesson 7 without --run, which compares initial weights over seeds: --seeds, and no option that speaks of
// one run.
Options parse_init_options(const std::vector<std::string>& arguments, const std::vector<std::string>& run_names);

// What --help prints of the options, a line each.
std::string options_help(const std::vector<std::string>& run_names);
std::string remedy_options_help();
std::string init_options_help(const std::vector<std::string>& run_names);

}  // namespace handgrad
