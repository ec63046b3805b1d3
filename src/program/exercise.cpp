#include "src/program/exercise.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>

#include "src/checking/isolation.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/report_text.h"
#include "src/data/split.h"
#include "src/io/text.h"
#include "src/program/errors.h"
#include "src/training/initialisation.h"
#include "src/training/parameter_file.h"
#include "src/training/train.h"

namespace handgrad {

namespace {

// Trains the network as the lecture does, or reads its parameters from a file.
void prepare(Network& network, const OptimizerSettings& optimizer, const Dataset& training_set,
             const std::string& params_file) {
  if (!params_file.empty()) {
    read_parameters(params_file, network.parameters());
    return;
  }
  initialise(network.parameters(), 0);
  train(network, training_set, {optimizer});
}

std::string row_text(const Matrix& row) {
  std::string text;
  for (int j = 0; j < row.cols; ++j) text += formatted(" %.6g", static_cast<double>(row(0, j)));
  return text;
}

// Whether a step is the network's, to 1e-6.
bool agrees(const Steps::Step& yours, const Output& network) {
  return yours.name == network.name && same_shape(yours.value, *network.value) &&
         worst_element(yours.value, *network.value, 1).relative_error <= Real(1e-6);
}

// How many steps agree.
Score score_of(const Steps& steps, const std::vector<Output>& outputs) {
  Score score{0, static_cast<int>(outputs.size())};
  for (std::size_t k = 0; k < std::min(steps.all.size(), outputs.size()); ++k) {
    if (agrees(steps.all[k], outputs[k])) ++score.right;
  }
  return score;
}

// Prints one step: yours and the network's where they differ most.
void print_step(const Steps::Step& yours, const Output& network) {
  const Matrix& expected = *network.value;
  if (yours.name != network.name) {
    std::printf("%-13s DIFFERS: here the network computes %s\n", yours.name.c_str(), network.name.c_str());
  } else if (!same_shape(yours.value, expected)) {
    std::printf("%-13s DIFFERS: yours is %d×%d, the network's %d×%d\n", yours.name.c_str(), yours.value.rows,
                yours.value.cols, expected.rows, expected.cols);
  } else {
    const int worst = worst_element(yours.value, expected, Real(1e-6)).col;
    const double mine = static_cast<double>(yours.value(0, worst)), its = static_cast<double>(expected(0, worst));
    std::printf("%-13s %6d %14.8g %14.8g %10.1e  %s\n", yours.name.c_str(), worst, mine, its, std::abs(mine - its),
                agrees(yours, network) ? "ok" : "DIFFERS");
  }
}

// Prints all steps and, of the first that differs, every number.
void print_steps(const Steps& steps, const std::vector<Output>& outputs, const std::string& stopped) {
  const std::size_t written = std::min(steps.all.size(), outputs.size());
  std::printf("%-13s %6s %14s %14s %10s\n", "step", "column", "yours", "the network's", "difference");
  for (std::size_t k = 0; k < written; ++k) print_step(steps.all[k], outputs[k]);
  for (std::size_t k = written; k < outputs.size(); ++k) {
    std::printf("%-13s %s\n", outputs[k].name.c_str(), stopped.c_str());
  }
  for (std::size_t k = 0; k < written; ++k) {
    if (agrees(steps.all[k], outputs[k])) continue;
    std::printf("The first step that differs is %s:\n  yours        %s\n  the network's%s\n", outputs[k].name.c_str(),
                row_text(steps.all[k].value).c_str(), row_text(*outputs[k].value).c_str());
    break;
  }
}

Score run_prediction(Network& network, const OptimizerSettings& optimizer, PredictByHand by_hand,
                     const ExerciseOptions& options) {
  const Split split = read_lecture_split();
  prepare(network, optimizer, split.train, options.load);

  Matrix x(1, iris_features);
  for (int j = 0; j < iris_features; ++j) x(0, j) = split.test.x(0, j);
  network.forward(x, Mode::prediction);

  Steps steps;
  std::string stopped = "not written yet";
  try {
    by_hand(x, {network.parameters()}, steps);
  } catch (const NotWrittenYet&) {
  } catch (const std::exception& error) {
    stopped = std::string("not reached: ") + error.what();
  }
  if (!options.grade) print_steps(steps, network.outputs(), stopped);
  return score_of(steps, network.outputs());
}

ExerciseOptions parse_exercise_options(int argc, char** argv) {
  ExerciseOptions options;
  for (int k = 1; k < argc; ++k) {
    const std::string argument = argv[k];
    if (argument == "--grade") {
      options.grade = true;
    } else if (argument == "--load" && k + 1 < argc) {
      options.load = argv[++k];
    } else {
      throw UsageError("unknown option " + quoted(argument) + ", accepted: --load FILE, --grade");
    }
  }
  return options;
}

}  // namespace

const Matrix& NamedParameters::operator()(const std::string& name) const {
  for (const Parameter& parameter : all) {
    if (parameter.name == name) return *parameter.value;
  }
  throw std::invalid_argument("PARAMS: this network has no parameter named " + name);
}

Matrix Steps::add(const std::string& name, const Matrix& value) {
  all.push_back({name, value});
  return value;
}

Exercise backward_exercise(const std::string& name, const std::function<void(CheckReport&)>& check) {
  return {name, [=](const ExerciseOptions& options) {
            CheckReport report;
            check_isolated(report, check);
            if (!options.grade) std::printf("%s", check_report_text(report, isatty(STDOUT_FILENO) == 1).c_str());
            return Score{report.right_count(), report.equation_count()};
          }};
}

Exercise prediction_exercise(const std::string& name, Network& network, const OptimizerSettings& optimizer,
                             PredictByHand by_hand) {
  return {name, [=, &network](const ExerciseOptions& options) {
            return run_prediction(network, optimizer, by_hand, options);
          }};
}

int run_exercises(const std::string& title, const std::vector<Exercise>& exercises, int argc, char** argv) {
  return report_errors("exercise", [&] {
    const ExerciseOptions options = parse_exercise_options(argc, argv);
    bool all_right = true;
    for (const Exercise& exercise : exercises) {
      if (!options.grade) std::printf("%s: %s\n", title.c_str(), exercise.name.c_str());
      const Score score = exercise.run(options);
      all_right = all_right && score.right == score.of;
      if (options.grade) {
        std::printf("%s,%d,%d\n", exercise.name.c_str(), score.right, score.of);
      } else {
        std::printf("%d of %d right\n\n", score.right, score.of);
      }
    }
    return all_right ? 0 : 1;
  });
}

}  // namespace handgrad
