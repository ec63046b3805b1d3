#include "src/program/settings.h"

#include "src/io/text.h"
#include "src/program/errors.h"

namespace handgrad {

namespace {

Settings settings_of(const Run& run, const Options& options) {
  Settings settings{&run,
                    options.depth.value_or(run.depth),
                    options.width.value_or(run.width),
                    options.seed.value_or(0),
                    options.init.value_or(Init::lecture),
                    {run.optimizer}};
  settings.training.epochs = options.epochs.value_or(settings.training.epochs);
  settings.training.batch_size = options.batch.value_or(settings.training.batch_size);
  settings.training.clip = options.clip.value_or(settings.training.clip);
  OptimizerSettings& optimizer = settings.training.optimizer;
  if (options.optimizer && *options.optimizer != run.optimizer.kind) {
    optimizer = *options.optimizer == OptimizerSettings::Kind::sgd ? lecture_sgd() : lecture_adam();
  }
  if (options.momentum && optimizer.kind != OptimizerSettings::Kind::sgd) {
    throw UsageError("--momentum: run " + run.name + " uses adam, which has none; accepted with --optimizer sgd");
  }
  optimizer.lr = options.lr.value_or(optimizer.lr);
  optimizer.momentum = options.momentum.value_or(optimizer.momentum);
  return settings;
}

}  // namespace

double plain_weights(int depth, int width) {
  return static_cast<double>(depth) * width * width;
}

bool changes_training(const Options& options) {
  return options.epochs || options.batch || options.optimizer || options.lr || options.momentum || options.seed ||
         options.init || options.clip;
}

bool asks_for_own(const Options& options) {
  return changes_training(options) || options.depth || options.width || options.run || options.load || options.trace ||
         options.beside || !options.rows.empty() || !options.remedies.empty() || options.seeds;
}

std::string folder_for(const std::string& lesson, const Options& options) {
  return options.out.value_or("out/" + lesson + (asks_for_own(options) ? "-own" : ""));
}

std::vector<Settings> chosen_runs(const std::vector<Run>& runs, const Options& options) {
  std::vector<Settings> chosen;
  for (const Run& run : runs) {
    if (!options.run || *options.run == run.name) chosen.push_back(settings_of(run, options));
  }
  for (const Settings& settings : chosen) {
    refuse_too_many_weights(settings.depth, settings.width, settings.run->count_weights(settings.depth, settings.width),
                            settings.run->name);
  }
  if (options.load && chosen.size() > 1) throw UsageError("--load: the file is of one run, accepted with --run NAME");
  if (options.beside && chosen.size() > 1)
    throw UsageError("--beside: the file is of one run, accepted with --run NAME");
  if (options.load && (changes_training(options) || options.watch_gradients || options.beside)) {
    throw UsageError(
        "--load: trains nothing, accepted with --run, --depth, --width, --rows, --trace, --out and --quiet");
  }
  if (options.summary && (options.epochs || options.optimizer || options.lr || options.momentum || options.seed ||
                          options.init || options.clip || options.out || options.load || !options.rows.empty() ||
                          options.trace || options.beside || options.watch_gradients || options.quiet)) {
    throw UsageError("--summary: trains nothing, accepted with --run, --depth, --width and --batch");
  }
  if (options.watch_gradients && options.quiet) {
    throw UsageError("--watch-gradients: prints, and --quiet does not, accepted: one of them");
  }
  return chosen;
}

void refuse_too_many_weights(int depth, int width, double weights, const std::string& run) {
  // Adam keeps four numbers for each weight: 1.6 GB of floats.
  constexpr double most_weights = 1e8;
  if (weights > most_weights) {
    throw UsageError(formatted("--depth %d with --width %d: %g weights in %s, accepted: a network of up to %g", depth,
                               width, weights, run.c_str(), most_weights));
  }
}

}  // namespace handgrad
