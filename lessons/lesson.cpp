#include "lessons/lesson.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <utility>

#include "lessons/options.h"
#include "src/data/file.h"
#include "src/data/split.h"
#include "src/data/text.h"
#include "src/report/confusion.h"
#include "src/report/csv_files.h"
#include "src/report/gradient_bars.h"
#include "src/report/gradient_plot.h"
#include "src/report/loss_plot.h"
#include "src/report/network_diagram.h"
#include "src/report/page.h"
#include "src/report/progress.h"
#include "src/report/standard_output.h"
#include "src/report/summary.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"
#include "src/training/trouble.h"

namespace handgrad {

namespace {

constexpr int last_lesson = 6;

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
  if (options.load && (changes_training(options) || options.watch_gradients)) {
    throw UsageError("--load: trains nothing, accepted with --run, --depth, --width, --rows, --out and --quiet");
  }
  if (options.summary &&
      (options.epochs || options.optimizer || options.lr || options.momentum || options.seed || options.out ||
       options.load || !options.rows.empty() || options.watch_gradients || options.quiet)) {
    throw UsageError("--summary: trains nothing, accepted with --run, --depth, --width and --batch");
  }
  if (options.watch_gradients && options.quiet) {
    throw UsageError("--watch-gradients: prints, and --quiet does not, accepted: one of them");
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

// Trains, and prints what the options want of every epoch.
History train_and_print(Network& network, const Dataset& data, const TrainingSettings& settings,
                        const Options& options) {
  if (options.quiet) return train(network, data, settings, [](int, double, double) {});
  Progress progress(settings.epochs);
  return train(network, data, settings, [&](int epoch, double loss, double samples_per_second) {
    const bool tenth = epoch % 10 == 0;
    if (epoch <= 5 || tenth) progress.hide();
    print_epoch(epoch, loss, samples_per_second);
    if (options.watch_gradients && (epoch == 1 || tenth)) {
      std::printf("%s", gradient_bars(network.values(), network.parameters()).c_str());
    }
    std::fflush(stdout);  // before the progress line comes again
    progress.show(epoch, loss, samples_per_second);
  });
}

// "mean |gradient| of fc1_weight: 6.22e-08 in epoch 1, at most 0.00654 in epoch 35, 0.00278 in epoch 100"
void print_gradient(const History& history, std::size_t weight) {
  const std::vector<std::vector<double>>& grads = history.mean_abs_grad;
  const auto largest =
      std::max_element(grads.begin(), grads.end(), [=](const auto& a, const auto& b) { return a[weight] < b[weight]; });
  std::printf("mean |gradient| of %s: %.3g in epoch 1, at most %.3g in epoch %td, %.3g in epoch %zu\n",
              history.weights[weight].c_str(), grads.front()[weight], (*largest)[weight], largest - grads.begin() + 1,
              grads.back()[weight], grads.size());
}

// Predicts the flowers, prints their confusion table, and the probabilities if the flowers were asked for by --rows,
// and writes PATH.predictions.csv. Returns what a page shows of it.
std::string predict(Network& network, const Dataset& flowers, const Options& options, const std::string& path) {
  const Matrix& o = network.forward(flowers.x, Mode::prediction);
  if (!std::all_of(o.values.begin(), o.values.end(), [](Real value) { return std::isfinite(value); })) {
    throw std::runtime_error("the predictions are not numbers: the last steps were too long, try a smaller --lr");
  }
  const Confusion confusion = confusion_table(o, flowers.y);
  const std::string predictions = predictions_csv(flowers, o);
  if (!options.quiet && !options.rows.empty()) std::printf("%s", predictions.c_str());
  if (!options.quiet) std::printf("%s", confusion_text(confusion).c_str());
  write_file(path + ".predictions.csv", predictions);
  return confusion_html(confusion) + mistakes_html(flowers, o);
}

// The network in a drawing, with the shapes of a batch. The forward pass changes nothing that is trained.
std::string diagram(Network& network, const Dataset& training_set, int batch_size, const std::string& title) {
  Matrix x, y;
  take_batch(training_set, 0, batch_size, x, y);
  network.forward(x, Mode::prediction);
  return network_diagram_svg(
      x, network.values(), network.parameters(), title,
      formatted("on the arrows: what passes for a batch of %d flowers; in the boxes: the trained "
                "parameters",
                batch_size));
}

// Trains, predicts, prints and writes one run.
RunReport train_run(const Settings& settings, const Options& options, const Dataset& training_set,
                    const Dataset& flowers, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  initialise(parameters, settings.seed);

  const bool as_in_lesson = !changes_training(options) && !options.depth && !options.width;
  const std::string& name = settings.run->name;
  const std::string text = settings_text(settings, parameters);
  const TrainingSettings& training = settings.training;
  RunReport report{name,
                   name + ": " + (as_in_lesson ? settings.run->title : "with settings of your own"),
                   {{"network", network_shape(parameters)},
                    {"optimizer", optimizer_text(training.optimizer)},
                    {"batch", std::to_string(training.batch_size)},
                    {"epochs", std::to_string(training.epochs)},
                    {"seed", std::to_string(settings.seed)}},
                   "",
                   {},
                   ""};
  if (!options.quiet) std::printf("%s\n%s\nStart training:\n", report.title.c_str(), text.c_str());
  const History history = train_and_print(*network, training_set, training, options);
  if (!options.quiet) {
    print_gradient(history, 0);
    print_gradient(history, history.weights.size() - 1);
    const std::string lost = lost_gradient(*network, history);
    if (!lost.empty()) std::printf("%s\n", lost.c_str());
  }
  report.predictions = predict(*network, flowers, options, path);

  const std::string plot = gradient_plot_svg(history, report.title, text);
  report.pictures = {diagram(*network, training_set, training.batch_size, "The network of " + name),
                     loss_plot_svg(history, "Loss of " + name, text), plot,
                     heat_map_svg(gradient_heat_map(history, "Gradients of " + name, text))};
  write_file(path + ".history.csv", history_csv(history));
  write_file(path + ".params.txt", parameters_text(parameters));
  write_file(path + ".gradients.svg", plot);
  if (!options.quiet) {
    std::printf("written: %s.history.csv .predictions.csv .params.txt .gradients.svg\n\n", path.c_str());
  }
  return report;
}

void print_summary(const Settings& settings) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  network->forward(Matrix(settings.training.batch_size, iris_features, 0), Mode::prediction);
  std::printf("%s: %s, for a batch of %d; nothing is trained\n%s\n", settings.run->name.c_str(),
              network_shape(parameters).c_str(), settings.training.batch_size,
              network_summary(network->values(), parameters).c_str());
}

void load_run(const Settings& settings, const Options& options, const Dataset& flowers, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  read_parameters(*options.load, network->parameters());
  if (!options.quiet) std::printf("%s: with the parameters of %s\n", settings.run->name.c_str(), options.load->c_str());
  predict(*network, flowers, options, path);
  if (!options.quiet) std::printf("written: %s.predictions.csv\n", path.c_str());
}

void perform(const Lesson& lesson, const Options& options, const std::vector<std::string>& arguments) {
  const std::vector<Settings> chosen = chosen_runs(lesson, options);
  if (options.summary) {
    for (const Settings& settings : chosen) print_summary(settings);
    return;
  }
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
    const std::string& run = settings.run->name;
    reports.push_back(train_run(settings, options, split.train, flowers, folder + "/" + run));
    std::vector<std::string> only_this = arguments;
    if (!options.run) only_this.insert(only_this.begin(), {"--run", run});
    reports.back().command = command_text(lesson.number, only_this);
    flush_standard_output();
  }
  const std::string page = folder + "/index.html";
  write_file(page, lesson_page(formatted("Lesson %d: ", lesson.number) + lesson.title,
                               command_text(lesson.number, arguments), reports));
  if (!options.out) write_overview();
  if (!options.quiet) std::printf("open %s in a browser\n", page.c_str());
}

std::string last_words;  // of a program that is interrupted

// Says them, and ends the program by the signal that came, as if it had not been caught. Calls nothing that may not be
// called at any moment.
void end_interrupted(int number) {
  [[maybe_unused]] const ssize_t count = write(STDERR_FILENO, last_words.data(), last_words.size());
  std::raise(number);
}

// Ctrl-C and `kill` then leave a line that says so, in place of the progress line if stderr is a terminal. A program
// that was started deaf to a signal, as nohup and & do it, stays so.
void catch_interrupts(const std::string& name) {
  last_words = std::string(isatty(STDERR_FILENO) == 1 ? erase_line : "") + name +
               ": interrupted; every file that is there is whole, of this run or an earlier one: run it again\n";
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction action = {}, before = {};
    action.sa_handler = end_interrupted;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
  }
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

std::string command_text(int lesson, const std::vector<std::string>& arguments) {
  std::string command = formatted("make run-lesson%d", lesson);
  if (arguments.empty()) return command;
  command += " ARGS=\"";
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    const bool quotes = arguments[k].find(' ') != std::string::npos;
    command += (k == 0 ? "" : " ") + (quotes ? "'" + arguments[k] + "'" : arguments[k]);
  }
  return command + "\"";
}

void refuse_too_many_weights(int depth, int width, double weights, const std::string& run) {
  // Adam keeps four numbers for each weight: 1.6 GB of floats.
  constexpr double most_weights = 1e8;
  if (weights > most_weights) {
    throw UsageError(formatted("--depth %d with --width %d: %g weights in %s, accepted: a network of up to %g", depth,
                               width, weights, run.c_str(), most_weights));
  }
}

void write_overview() {
  std::vector<std::pair<std::string, std::string>> pages;
  for (int number = 1; number <= last_lesson; ++number) {
    const std::string page = formatted("lesson%d/index.html", number);
    if (std::filesystem::exists("out/" + page)) pages.emplace_back(page, read_file("out/" + page));
  }
  write_file("out/index.html", overview_page(pages));
}

int report_errors(const std::string& name, const std::function<void()>& program) {
  catch_interrupts(name);
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
    if (options.help) {
      std::printf("Lesson %d: %s\nusage: make run-%s ARGS=\"OPTIONS\"\n%s", lesson.number, lesson.title.c_str(),
                  name.c_str(), options_help(run_names).c_str());
    } else {
      perform(lesson, options, arguments);
    }
  });
}

}  // namespace handgrad
