#include "src/program/settings.h"

#include "src/data/split.h"
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

bool trains(const Options& options) {
  return !options.load && !options.summary;
}

// The loss and about a gradient for each layer, in every epoch.
double history_numbers(int epochs, int depth) {
  return static_cast<double>(epochs) * (depth + 2);
}

}  // namespace

double plain_weights(int depth, int width) {
  return static_cast<double>(depth) * width * width;
}

std::string left_out_text(int batch_size) {
  const int left_out = split_train_rows % batch_size;
  if (left_out == 0) return "";
  return formatted("%d of the %d flowers %s in no batch of %d", left_out, split_train_rows,
                   left_out == 1 ? "is" : "are", batch_size);
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
    if (trains(options)) refuse_long_history(settings.training.epochs, settings.depth, settings.run->name);
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

std::string memory_text(const Settings& settings, const Options& options) {
  constexpr double much = 1e6;  // bytes
  const double network = 4 * sizeof(Real) * settings.run->count_weights(settings.depth, settings.width);
  const double history =
      trains(options) ? sizeof(double) * history_numbers(settings.training.epochs, settings.depth) : 0;
  if (network < much && history < much) return "";
  return history > network ? " for a history of this many --epochs" : " for a network of this --depth and --width";
}

void refuse_too_many_weights(int depth, int width, double weights, const std::string& run) {
  // Adam keeps four numbers for each weight: 1.6 GB of floats.
  constexpr double most_weights = 1e8;
  if (weights > most_weights) {
    throw UsageError(formatted("--depth %d with --width %d: %g weights in %s, accepted: a network of up to %g", depth,
                               width, weights, run.c_str(), most_weights));
  }
}

void refuse_seeds_beyond(std::uint32_t first_seed, int seeds) {
  const std::uint32_t most = UINT32_MAX - static_cast<std::uint32_t>(seeds - 1);
  if (first_seed > most) {
    throw UsageError(formatted("--seed %u with --seeds %d: the last seed is %u, accepted: --seed up to %u", first_seed,
                               seeds, UINT32_MAX, most));
  }
}

void refuse_long_history(int epochs, int depth, const std::string& run) {
  // 0.8 GB of them, and as much again where they are written.
  constexpr double most_numbers = 1e8;
  const double numbers = history_numbers(epochs, depth);
  if (numbers > most_numbers) {
    throw UsageError(formatted("--epochs %d with --depth %d: %g numbers in the history of %s, accepted: up to %g",
                               epochs, depth, numbers, run.c_str(), most_numbers));
  }
}

}  // namespace handgrad
