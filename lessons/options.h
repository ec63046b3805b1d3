#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/training/optimizer.h"

namespace handgrad {

// A wrong option or value. The message says what is wrong and what is accepted; the program ends with exit
// status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What stands on a lesson's command line. An empty optional leaves the setting as the lecture has it.
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
  std::optional<std::string> out;
  std::optional<std::string> load;
  std::vector<int> rows;  // empty: the test rows
  bool watch_gradients = false;
  bool summary = false;
  bool quiet = false;
  bool help = false;
};

// Reads the arguments behind the program's name. Throws UsageError for an unknown option, a missing or
// unacceptable value, or a run that is not among run_names.
Options parse_options(const std::vector<std::string>& arguments, const std::vector<std::string>& run_names);

// What --help prints of the options, a line each.
std::string options_help(const std::vector<std::string>& run_names);

}  // namespace handgrad
