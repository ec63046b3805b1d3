#include "lessons/lesson.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

#include "lessons/options.h"
#include "src/data/file.h"
#include "src/data/split.h"
#include "src/data/text.h"
#include "src/report/confusion.h"
#include "src/report/csv_files.h"
#include "src/report/gradient_plot.h"
#include "src/report/page.h"
#include "src/report/standard_output.h"
#include "src/report/summary.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"
#include "src/training/trouble.h"

namespace handgrad {

namespace {

// A run with its settings after the command line has had its say.
struct Settings {
  const Run* run;
  int depth;
  int width;
  std::uint32_t seed;
  TrainingSettings training;
};

Settings settings_of(const Run& run, const Options& options) {
  Settings settings{&run,
                    options.depth.value_or(run.depth),
                    options.width.value_or(run.width),
                    options.seed.value_or(0),
                    {options.epochs.value_or(100), options.batch.value_or(20), run.optimizer}};
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

// Whether the command line asks for training that is not the lesson's own.
bool changes_training(const Options& options) {
  return options.epochs || options.batch || options.optimizer || options.lr || options.momentum || options.seed;
}

// The runs that the command line asks for. Throws UsageError if their options do not go together.
std::vector<Settings> chosen_runs(const Lesson& lesson, const Options& options) {
  std::vector<Settings> chosen;
  for (const Run& run : lesson.runs) {
    if (!options.run || *options.run == run.name) chosen.push_back(settings_of(run, options));
  }
  for (const Settings& settings : chosen) {
    refuse_too_many_weights(settings.depth, settings.width, settings.run->count_weights(settings.depth, settings.width),
                            settings.run->name);
  }
  if (options.load && chosen.size() > 1) throw UsageError("--load: the file is of one run, accepted with --run NAME");
  if (options.load && changes_training(options)) {
    throw UsageError("--load: trains nothing, accepted with --run, --depth, --width, --rows, --out and --quiet");
  }
  return chosen;
}

std::string settings_text(const Settings& settings, const std::vector<Parameter>& parameters) {
  return network_shape(parameters) + ", " + optimizer_text(settings.training.optimizer) +
         formatted(", batch %d, %d epochs, seed %u", settings.training.batch_size, settings.training.epochs,
                   settings.seed);
}

// The lecture prints epochs 1 to 5 and every tenth.
void print_epoch(int epoch, double loss, double samples_per_second) {
  if (epoch > 5 && epoch % 10 != 0) return;
  std::printf("epoch = %d: loss = %.4f (Speed: %.2f sample/secs)\n", epoch, loss, samples_per_second);
}

// "mean |gradient| of fc1_weight: 6.22e-08 in epoch 1, at most 0.00655 in epoch 35, 0.00278 in epoch 100"
void print_gradient(const History& history, std::size_t weight) {
  const std::vector<std::vector<double>>& grads = history.mean_abs_grad;
  const auto largest =
      std::max_element(grads.begin(), grads.end(), [=](const auto& a, const auto& b) { return a[weight] < b[weight]; });
  std::printf("mean |gradient| of %s: %.3g in epoch 1, at most %.3g in epoch %td, %.3g in epoch %zu\n",
              history.weights[weight].c_str(), grads.front()[weight], (*largest)[weight], largest - grads.begin() + 1,
              grads.back()[weight], grads.size());
}

// Predicts the flowers, prints their confusion table, and the probabilities if the flowers were asked for by --rows,
// and writes PATH.predictions.csv.
Confusion predict(Network& network, const Dataset& flowers, const Options& options, const std::string& path) {
  const Matrix& o = network.forward(flowers.x, Mode::prediction);
  if (!std::all_of(o.values.begin(), o.values.end(), [](Real value) { return std::isfinite(value); })) {
    throw std::runtime_error("the predictions are not numbers: the last steps were too long, try a smaller --lr");
  }
  const Confusion confusion = confusion_table(o, flowers.y);
  const std::string predictions = predictions_csv(flowers, o);
  if (!options.quiet && !options.rows.empty()) std::printf("%s", predictions.c_str());
  if (!options.quiet) std::printf("%s", confusion_text(confusion).c_str());
  write_file(path + ".predictions.csv", predictions);
  return confusion;
}

// Trains, predicts, prints and writes one run.
RunReport train_run(const Settings& settings, const Options& options, const Dataset& training_set,
                    const Dataset& flowers, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  initialise(parameters, settings.seed);

  const bool as_in_lesson = !changes_training(options) && !options.depth && !options.width;
  const std::string& name = settings.run->name;
  RunReport report{name,
                   name + ": " + (as_in_lesson ? settings.run->title : "with settings of your own"),
                   settings_text(settings, parameters),
                   "",
                   {}};
  if (!options.quiet) std::printf("%s\n%s\nStart training:\n", report.title.c_str(), report.settings.c_str());
  const History history =
      train(*network, training_set, settings.training, options.quiet ? [](int, double, double) {} : print_epoch);
  if (!options.quiet) {
    print_gradient(history, 0);
    print_gradient(history, history.weights.size() - 1);
    const std::string lost = lost_gradient(*network, history);
    if (!lost.empty()) std::printf("%s\n", lost.c_str());
  }
  report.plot_svg = gradient_plot_svg(history, report.title, report.settings);
  report.confusion = predict(*network, flowers, options, path);

  write_file(path + ".history.csv", history_csv(history));
  write_file(path + ".params.txt", parameters_text(parameters));
  write_file(path + ".gradients.svg", report.plot_svg);
  if (!options.quiet) {
    std::printf("written: %s.history.csv .predictions.csv .params.txt .gradients.svg\n\n", path.c_str());
  }
  return report;
}

void load_run(const Settings& settings, const Options& options, const Dataset& flowers, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  read_parameters(*options.load, network->parameters());
  if (!options.quiet) std::printf("%s: with the parameters of %s\n", settings.run->name.c_str(), options.load->c_str());
  predict(*network, flowers, options, path);
  if (!options.quiet) std::printf("written: %s.predictions.csv\n", path.c_str());
}

void perform(const Lesson& lesson, const Options& options, const std::string& command) {
  const std::vector<Settings> chosen = chosen_runs(lesson, options);
  const Iris iris = read_iris("data/iris.csv");
  const Split split = read_split("data/lecture_split.csv", iris);
  const Dataset flowers = options.rows.empty() ? split.test : take_rows(iris, options.rows);
  const std::string folder = options.out.value_or(formatted("out/lesson%d", lesson.number));

  if (options.load) {
    load_run(chosen.front(), options, flowers, folder + "/" + chosen.front().run->name);
    return;
  }
  if (lesson.demonstration && !options.run) lesson.demonstration(iris, folder, options.quiet);
  std::vector<RunReport> reports;
  for (const Settings& settings : chosen) {
    reports.push_back(train_run(settings, options, split.train, flowers, folder + "/" + settings.run->name));
    flush_standard_output();
  }
  const std::string page = folder + "/index.html";
  write_file(page, lesson_page(formatted("Lesson %d: ", lesson.number) + lesson.title, command, reports));
  if (!options.quiet) std::printf("open %s in a browser\n", page.c_str());
}

}  // namespace

double plain_weights(int depth, int width) {
  return static_cast<double>(depth) * width * width;
}

std::vector<int> layer_widths(int hidden, int width) {
  std::vector<int> widths(static_cast<std::size_t>(hidden) + 2, width);
  widths.front() = iris_features;
  widths.back() = iris_classes;
  return widths;
}

void refuse_too_many_weights(int depth, int width, double weights, const std::string& run) {
  // Adam keeps four numbers for each weight: 1.6 GB of floats.
  constexpr double most_weights = 1e8;
  if (weights > most_weights) {
    throw UsageError(formatted("--depth %d with --width %d: %g weights in %s, accepted: a network of up to %g", depth,
                               width, weights, run.c_str(), most_weights));
  }
}

int report_errors(const std::string& name, const std::function<void()>& program) {
  // A closed pipe and a limit of the file size then fail like any other write, with a line that says so.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    program();
    flush_standard_output();
    return 0;
  } catch (const UsageError& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
    return 2;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "%s: not enough memory for a network of this --depth and --width\n", name.c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
  }
  return 1;
}

int run_lesson(const Lesson& lesson, int argc, char** argv) {
  const std::string name = formatted("lesson%d", lesson.number);
  return report_errors(name, [&] {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::vector<std::string> run_names;
    for (const Run& run : lesson.runs) run_names.push_back(run.name);
    const Options options = parse_options(arguments, run_names);

    std::string command = "make run-" + name;
    if (options.help) {
      std::printf("Lesson %d: %s\nusage: %s ARGS=\"OPTIONS\"\n%s", lesson.number, lesson.title.c_str(), command.c_str(),
                  options_help(run_names).c_str());
      return;
    }
    if (!arguments.empty()) command += " ARGS=\"" + joined(arguments, " ") + "\"";
    perform(lesson, options, command);
  });
}

}  // namespace handgrad
