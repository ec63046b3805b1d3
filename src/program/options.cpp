#include "src/program/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>

#include "src/data/split.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

// One option: its name, the name of its value (empty for a switch), its line of --help, and how it sets the value.
struct OptionRow {
  const char* name;
  const char* value;
  const char* help;
  void (*set)(Options&, const std::string& value);
};

[[noreturn]] void fail(const std::string& option, const std::string& value, const std::string& accepted) {
  throw UsageError(option + ": found " + quoted(value) + ", accepted: " + accepted);
}

std::uint32_t whole_number(const std::string& option, const std::string& value, std::uint32_t low, std::uint32_t high) {
  std::uint32_t number = 0;
  const char* const end = value.data() + value.size();
  const std::from_chars_result read = std::from_chars(value.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < low || number > high) {
    fail(option, value, formatted("a whole number from %u to %u", low, high));
  }
  return number;
}

// The name of a file or folder. A word that begins with "--" is the next option: the value was forgotten. Control
// characters are refused, since a newline would break a line of an error or of a page.
std::string path_name(const std::string& option, const std::string& value, const std::string& accepted) {
  const bool printable = std::none_of(value.begin(), value.end(), [](unsigned char c) { return c < ' ' || c == 127; });
  if (value.empty() || value.compare(0, 2, "--") == 0 || !printable) fail(option, value, accepted);
  return value;
}

int count(const std::string& option, const std::string& value, int high) {
  return static_cast<int>(whole_number(option, value, 1, static_cast<std::uint32_t>(high)));
}

// A decimal number with low <= number < high, or low < number if the low end is open.
double real_number(const std::string& option, const std::string& value, double high, bool zero_accepted) {
  double number = 0;
  if (!read_number(value, number) || !(number >= 0 && number < high) || (number == 0 && !zero_accepted)) {
    fail(option, value, formatted("a number %s 0 and below %g", zero_accepted ? "from" : "above", high));
  }
  return number;
}

// A number that is used as a Real must not be 0 there: --lr 1e-46 would train nothing.
double positive_number(const std::string& option, const std::string& value, double high) {
  const double number = real_number(option, value, high, false);
  constexpr Real least = std::numeric_limits<Real>::min();
  if (number < least) {
    fail(option, value,
         formatted("a number above 0 and below %g; a float has none below %g", high, static_cast<double>(least)));
  }
  return number;
}

Init init_named(const std::string& option, const std::string& value) {
  const std::vector<std::string>& names = init_names();
  const auto name = std::find(names.begin(), names.end(), value);
  if (name == names.end()) fail(option, value, joined(names, ", "));
  return static_cast<Init>(name - names.begin());
}

// "1,51,101" as numbers of rows of iris.
std::vector<int> row_list(const std::string& option, const std::string& value) {
  std::vector<int> rows;
  for (const std::string& row : split(value, ',')) rows.push_back(count(option, row, iris_rows));
  return rows;
}

const OptionRow option_rows[] = {
    {"--run", "NAME", "only this run: ", [](Options& options, const std::string& value) { options.run = value; }},
    {"--epochs", "N", "passes over the training data",
     [](Options& options, const std::string& value) { options.epochs = count("--epochs", value, 1000000); }},
    {"--batch", "N", "rows of a batch",
     [](Options& options, const std::string& value) { options.batch = count("--batch", value, split_train_rows); }},
    {"--optimizer", "sgd|adam", "how to step; with it come the lecture's --lr and --momentum",
     [](Options& options, const std::string& value) {
       if (value != "sgd" && value != "adam") fail("--optimizer", value, "sgd, adam");
       options.optimizer = value == "sgd" ? OptimizerSettings::Kind::sgd : OptimizerSettings::Kind::adam;
     }},
    {"--lr", "X", "learning rate",
     [](Options& options, const std::string& value) { options.lr = positive_number("--lr", value, 1e6); }},
    {"--momentum", "X", "momentum of sgd, from 0 and below 1",
     [](Options& options, const std::string& value) { options.momentum = real_number("--momentum", value, 1, true); }},
    {"--depth", "N", "layers, as this lesson counts them",
     [](Options& options, const std::string& value) { options.depth = count("--depth", value, 10000); }},
    {"--width", "N", "units of a hidden layer",
     [](Options& options, const std::string& value) { options.width = count("--width", value, 1000); }},
    {"--seed", "N", "seed of the initial weights",
     [](Options& options, const std::string& value) { options.seed = whole_number("--seed", value, 0, UINT32_MAX); }},
    {"--init", "lecture|glorot|he",
     "width of the initial weights: ±0.01, sqrt(6 / (inputs + outputs)), sqrt(6 / inputs)",
     [](Options& options, const std::string& value) { options.init = init_named("--init", value); }},
    {"--clip", "X", "scale the gradients of a step so that their norm, of all together, is at most X",
     [](Options& options, const std::string& value) { options.clip = positive_number("--clip", value, 1e6); }},
    {"--out", "DIR", "the folder for what is written; else out/lessonN, or out/lessonN-own for runs of your own",
     [](Options& options, const std::string& value) {
       options.out = path_name("--out", value, "the name of a folder");
     }},
    {"--load", "FILE", "train nothing: predict with the parameters in this params.txt",
     [](Options& options, const std::string& value) {
       options.load = path_name("--load", value, "the name of a file");
     }},
    {"--rows", "N,N,...", "predict these rows of iris, not the test rows, and print their probabilities",
     [](Options& options, const std::string& value) { options.rows = row_list("--rows", value); }},
    {"--trace", "ROW", "follow this row of iris: print and write every number on its way through the network and back",
     [](Options& options, const std::string& value) { options.trace = count("--trace", value, iris_rows); }},
    {"--beside", "FILE", "compare with an earlier run, by its history.csv: its curves dashed, and a line a quantity",
     [](Options& options, const std::string& value) {
       options.beside = path_name("--beside", value, "the name of a file");
     }},
    {"--remedies", "A,B,...", "only these remedies, a word each or words joined by +",
     [](Options& options, const std::string& value) { options.remedies = split(value, ','); }},
    {"--seeds", "N", "runs of every kind, each with a seed of its own from --seed on",
     [](Options& options, const std::string& value) { options.seeds = count("--seeds", value, 1000); }},
    {"--watch-gradients", "", "print a bar for each layer's gradient and values, in epoch 1 and every tenth",
     [](Options& options, const std::string&) { options.watch_gradients = true; }},
    {"--summary", "", "train nothing: print the layers, their shapes and how many parameters they have",
     [](Options& options, const std::string&) { options.summary = true; }},
    {"--quiet", "", "print errors only", [](Options& options, const std::string&) { options.quiet = true; }},
    {"--help", "", "print this", [](Options& options, const std::string&) { options.help = true; }},
};

// All rows without those of these names.
std::vector<OptionRow> rows_without(const std::vector<std::string>& names) {
  std::vector<OptionRow> rows;
  for (const OptionRow& row : option_rows) {
    if (std::count(names.begin(), names.end(), row.name) == 0) rows.push_back(row);
  }
  return rows;
}

std::vector<OptionRow> run_rows() {
  return rows_without({"--remedies", "--seeds"});
}

std::vector<OptionRow> remedy_rows() {
  return rows_without(
      {"--run", "--optimizer", "--momentum", "--load", "--rows", "--beside", "--watch-gradients", "--summary"});
}

std::vector<OptionRow> init_rows() {
  return rows_without({"--remedies", "--load", "--rows", "--trace", "--beside", "--watch-gradients", "--summary"});
}

Options parse(const std::vector<std::string>& arguments, const std::vector<OptionRow>& rows) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const OptionRow& candidate) { return candidate.name == arguments[i]; });
    if (row == rows.end()) {
      std::vector<std::string> names;
      for (const OptionRow& known : rows) names.emplace_back(known.name);
      throw UsageError("unknown option " + quoted(arguments[i]) + ", accepted: " + joined(names, " "));
    }
    if (*row->value == '\0') {
      row->set(options, "");
      continue;
    }
    if (i + 1 == arguments.size()) {
      throw UsageError(formatted("%s: no value, accepted: %s %s", row->name, row->name, row->value));
    }
    row->set(options, arguments[++i]);
  }
  return options;
}

Options with_known_run(const Options& options, const std::vector<std::string>& run_names) {
  if (options.run && std::count(run_names.begin(), run_names.end(), *options.run) == 0) {
    fail("--run", *options.run, joined(run_names, ", "));
  }
  return options;
}

std::string help_text(const std::vector<OptionRow>& rows, const std::string& run_names) {
  std::string text;
  for (const OptionRow& row : rows) {
    const std::string left = formatted("%s %s", row.name, row.value);
    const bool names = row.name == std::string("--run");
    text += formatted("  %-24s %s%s\n", left.c_str(), row.help, names ? run_names.c_str() : "");
  }
  return text;
}

}  // namespace

Options parse_options(const std::vector<std::string>& arguments, const std::vector<std::string>& run_names) {
  return with_known_run(parse(arguments, run_rows()), run_names);
}

Options parse_remedy_options(const std::vector<std::string>& arguments) {
  return parse(arguments, remedy_rows());
}

Options parse_init_options(const std::vector<std::string>& arguments, const std::vector<std::string>& run_names) {
  return with_known_run(parse(arguments, init_rows()), run_names);
}

std::string options_help(const std::vector<std::string>& run_names) {
  return help_text(run_rows(), joined(run_names, ", "));
}

std::string remedy_options_help() {
  return help_text(remedy_rows(), "");
}

std::string init_options_help(const std::vector<std::string>& run_names) {
  return help_text(init_rows(), joined(run_names, ", "));
}

}  // namespace handgrad
