#include "src/program/options.h"

#include <algorithm>

#include "lessons/lesson6/remedies.h"
#include "src/io/text.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/targets.h"

namespace handgrad {

namespace {

void judge(const std::vector<std::string>& arguments, Options (*parse)(const std::vector<std::string>&)) {
  Options options;
  try {
    options = parse(arguments);
    for (const std::string& name : options.remedies) {
      require(lesson6::remedy_named(name).name == name, "a remedy has another name");
    }
  } catch (const UsageError& error) {
    require_clear(error.what(), "");
    require(std::string(error.what()).find("accepted: ") != std::string::npos, "it does not say what is accepted");
    return;
  }

  const auto given = [&](const std::string& option) {
    return std::count(arguments.begin(), arguments.end(), option) != 0;
  };
  // The last value of an option, which counts, without the zeros in front.
  const auto number_of = [&](const std::string& option) {
    const std::string& value = *(std::find(arguments.rbegin(), arguments.rend(), option) - 1);
    return value.substr(std::min(value.find_first_not_of('0'), value.size() - 1));
  };
  const auto within = [](auto value, double low, double high) {
    return !value || (static_cast<double>(*value) >= low && static_cast<double>(*value) <= high);
  };
  require(within(options.epochs, 1, 1000000) && within(options.batch, 1, 100) && within(options.depth, 1, 10000) &&
              within(options.width, 1, 1000) && within(options.momentum, 0, 1) && within(options.lr, 1e-320, 1e6) &&
              within(options.clip, 1e-320, 1e6) && within(options.seeds, 1, 1000),
          "a number is out of bounds");
  for (const auto* name : {&options.out, &options.load, &options.beside}) {
    if (*name) require_clear(**name, "");
  }
  require(within(options.trace, 1, 150), "a traced row is out of bounds");
  for (const int row : options.rows) require(row >= 1 && row <= 150, "a row is out of bounds");
  require(!options.run || *options.run == "mlp4" || *options.run == "mlp8", "there is no such run");
  // Whatever is set stands on the command line.
  require(options.run.has_value() == given("--run") && options.epochs.has_value() == given("--epochs") &&
              options.batch.has_value() == given("--batch") && options.optimizer.has_value() == given("--optimizer") &&
              options.lr.has_value() == given("--lr") && options.momentum.has_value() == given("--momentum") &&
              options.depth.has_value() == given("--depth") && options.width.has_value() == given("--width") &&
              options.seed.has_value() == given("--seed") && options.init.has_value() == given("--init") &&
              options.clip.has_value() == given("--clip") && options.out.has_value() == given("--out") &&
              options.load.has_value() == given("--load") && options.rows.empty() != given("--rows") &&
              options.trace.has_value() == given("--trace") && options.beside.has_value() == given("--beside") &&
              options.remedies.empty() != given("--remedies") && options.seeds.has_value() == given("--seeds") &&
              options.watch_gradients == given("--watch-gradients") && options.summary == given("--summary") &&
              options.quiet == given("--quiet") && options.help == given("--help"),
          "an option is set that is not given, or the other way round");
  const auto same = [&](const std::string& option, auto value) {
    return !value || std::to_string(*value) == number_of(option);
  };
  require(same("--epochs", options.epochs) && same("--batch", options.batch) && same("--depth", options.depth) &&
              same("--width", options.width) && same("--seed", options.seed) && same("--seeds", options.seeds) &&
              same("--trace", options.trace),
          "a number is not the one on the command line");
}

}  // namespace

// As lessons 1 to 5 read a command line, and as lessons 6 and 7 do.
void fuzz_options(const std::string& text) {
  // No program gets an argument with a byte 0 in it.
  if (text.find('\0') != std::string::npos) return;
  const std::vector<std::string> arguments = text.empty() ? std::vector<std::string>() : split(text, '\n');
  judge(arguments, [](const std::vector<std::string>& words) { return parse_options(words, {"mlp4", "mlp8"}); });
  judge(arguments, parse_remedy_options);
  judge(arguments, [](const std::vector<std::string>& words) { return parse_init_options(words, {"mlp4", "mlp8"}); });
}

}  // namespace handgrad
