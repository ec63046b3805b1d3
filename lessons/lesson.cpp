#include "lessons/lesson.h"

#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>

#include "lessons/options.h"
#include "src/data/file.h"
#include "src/data/iris.h"
#include "src/data/split.h"
#include "src/data/text.h"
#include "src/report/confusion.h"
#include "src/report/csv_files.h"
#include "src/report/gradient_plot.h"
#include "src/report/page.h"
#include "src/report/summary.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

namespace handgrad {

namespace {

// A run's settings after the command line has had its say.
struct Settings {
  int depth;
  int width;
  std::uint32_t seed;
  TrainingSettings training;
};

Settings settings_of(const Run& run, const Options& options) {
  Settings settings{options.depth.value_or(run.depth),
                    options.width.value_or(run.width),
                    options.seed.value_or(0),
                    {options.epochs.value_or(100), options.batch.value_or(20), run.optimizer}};
  OptimizerSettings& optimizer = settings.training.optimizer;
  if (options.optimizer && *options.optimizer != run.optimizer.kind) {
    optimizer = *options.optimizer == OptimizerSettings::Kind::sgd ? lecture_sgd() : lecture_adam();
  }
  if (options.momentum && optimizer.kind != OptimizerSettings::Kind::sgd) {
    throw UsageError("--momentum: run " + run.name +
                     " uses adam, which has none; accepted with --optimizer sgd");
  }
  optimizer.lr = options.lr.value_or(optimizer.lr);
  optimizer.momentum = options.momentum.value_or(optimizer.momentum);
  return settings;
}

// Whether the run is the lecture's own, so that its title holds.
bool as_in_lecture(const Options& options) {
  return !options.epochs && !options.batch && !options.optimizer && !options.lr && !options.momentum &&
         !options.depth && !options.width && !options.seed;
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

// Trains, tests, prints and writes one run.
RunReport perform(const Run& run, const Settings& settings, const Options& options, const Split& iris,
                  const std::string& folder) {
  const std::unique_ptr<Network> network = run.make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  initialise(parameters, settings.seed);

  const std::string title = as_in_lecture(options) ? run.title : "with other settings than the lecture's";
  RunReport report{run.name, run.name + ": " + title, settings_text(settings, parameters), "", {}};
  if (!options.quiet) std::printf("%s\n%s\nStart training:\n", report.title.c_str(), report.settings.c_str());
  const History history = train(*network, iris.train, settings.training,
                                options.quiet ? [](int, double, double) {} : print_epoch);

  const Matrix& o = network->forward(iris.test.x, Mode::prediction);
  report.confusion = confusion_table(o, iris.test.y);
  report.plot_svg = gradient_plot_svg(history, report.title, report.settings);
  if (!options.quiet) std::printf("%s", confusion_text(report.confusion).c_str());

  const std::string path = folder + "/" + run.name;
  write_file(path + ".history.csv", history_csv(history));
  write_file(path + ".predictions.csv", predictions_csv(iris.test, o));
  write_file(path + ".params.txt", parameters_text(parameters));
  write_file(path + ".gradients.svg", report.plot_svg);
  if (!options.quiet) {
    std::printf("written: %s.history.csv .predictions.csv .params.txt .gradients.svg\n\n", path.c_str());
  }
  return report;
}

void perform_all(const Lesson& lesson, const Options& options, const std::string& command) {
  // All settings first: a wrong option must be found before anything is written.
  std::vector<std::pair<const Run*, Settings>> chosen;
  for (const Run& run : lesson.runs) {
    if (!options.run || *options.run == run.name) chosen.emplace_back(&run, settings_of(run, options));
  }

  const Split iris = read_split("data/lecture_split.csv", read_iris("data/iris.csv"));
  const std::string folder = options.out.value_or(formatted("out/lesson%d", lesson.number));
  std::vector<RunReport> reports;
  for (const auto& [run, settings] : chosen)
    reports.push_back(perform(*run, settings, options, iris, folder));

  const std::string page = folder + "/index.html";
  write_file(page, lesson_page(formatted("Lesson %d: ", lesson.number) + lesson.title, command, reports));
  if (!options.quiet) std::printf("open %s in a browser\n", page.c_str());
}

}  // namespace

int run_lesson(const Lesson& lesson, int argc, char** argv) {
  const std::string name = formatted("lesson%d", lesson.number);
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::vector<std::string> run_names;
    for (const Run& run : lesson.runs) run_names.push_back(run.name);
    const Options options = parse_options(arguments, run_names);

    std::string command = "make run-" + name;
    if (options.help) {
      std::printf("Lesson %d: %s\nusage: %s ARGS=\"OPTIONS\"\n%s", lesson.number, lesson.title.c_str(),
                  command.c_str(), options_help(run_names).c_str());
    } else {
      if (!arguments.empty()) command += " ARGS=\"" + joined(arguments, " ") + "\"";
      perform_all(lesson, options, command);
    }
    if (std::fflush(stdout) != 0) throw std::runtime_error("cannot write to the standard output");
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

}  // namespace handgrad
