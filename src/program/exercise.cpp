#include "src/program/exercise.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "src/checking/isolation.h"
#include "src/checking/report_text.h"
#include "src/data/split.h"
#include "src/io/file.h"
#include "src/io/text.h"
#include "src/program/errors.h"
#include "src/training/initialisation.h"
#include "src/training/parameter_file.h"
#include "src/training/train.h"

namespace handgrad {

namespace {

struct Options {
  std::string load;
  std::string grade;
};

Options parse_options(int argc, char** argv) {
  Options options;
  for (int k = 1; k < argc; ++k) {
    const std::string argument = argv[k];
    if (argument == "--grade" && k + 1 < argc) {
      options.grade = argv[++k];
    } else if (argument == "--load" && k + 1 < argc) {
      options.load = argv[++k];
    } else if (argument == "--grade" || argument == "--load") {
      throw UsageError(argument + ": no value, accepted: " + argument + " FILE");
    } else {
      throw UsageError("unknown option " + quoted(argument) + ", accepted: --load FILE, --grade FILE");
    }
  }
  return options;
}

// lessons/lesson2/exercise.cpp stands in lesson2.
std::string lesson_of(const std::string& file) {
  const std::vector<std::string> parts = split(file, '/');
  return parts.size() < 2 ? "lessonN" : parts[parts.size() - 2];
}

Outcome run_prediction(const std::string& run, Network& network, const OptimizerSettings& optimizer,
                       PredictByHand by_hand, const std::string& lesson, const std::string& params_file) {
  const Split split = read_lecture_split();
  std::string note;
  if (params_file.empty()) {
    initialise(network.parameters(), 0);
    train(network, split.train, {optimizer});
    note = "Trained here, in double; out/" + lesson +
           " is in float, and its third digit may differ. For its numbers: ARGS=\"--load out/" + lesson + "/" + run +
           ".params.txt\"\n";
  } else {
    read_parameters(params_file, network.parameters(), run);
  }
  Matrix x(1, split.test.x.cols);
  for (int j = 0; j < x.cols; ++j) x(0, j) = split.test.x(0, j);
  const PredictionReport report = check_prediction(network, x, by_hand);
  const bool wrong = report.ending.empty() && report.right < report.of;
  return {report.text + note, report.right, report.of, wrong ? "a step differs" : report.ending};
}

}  // namespace

Exercise checked_exercise(const std::string& name, const std::function<void(CheckReport&)>& check) {
  return {name, [=](const std::string&) {
            CheckReport report;
            check_isolated(report, check);
            std::string remark;
            if (const Verdict* wrong = report.first_wrong()) {
              remark = wrong->ending.empty() ? wrong->equation.name + " is wrong" : wrong->ending;
            }
            return Outcome{check_report_text(report, isatty(STDOUT_FILENO) == 1), report.right_count(),
                           report.equation_count(), remark};
          }};
}

Exercise prediction_exercise(const std::string& run, Network& network, const OptimizerSettings& optimizer,
                             PredictByHand by_hand, const char* file) {
  const std::string lesson = lesson_of(file);
  return {"the prediction of " + run, [=, &network](const std::string& params_file) {
            return run_prediction(run, network, optimizer, by_hand, lesson, params_file);
          }};
}

int run_exercises(const std::string& title, const std::vector<Exercise>& exercises, int argc, char** argv) {
  return report_errors("exercise", [&] {
    const Options options = parse_options(argc, argv);
    bool all_right = true;
    std::string grades;
    for (const Exercise& exercise : exercises) {
      const bool print = options.grade.empty();
      if (print) std::printf("%s: %s\n", title.c_str(), exercise.name.c_str());
      const Outcome outcome = exercise.run(options.load);
      all_right = all_right && outcome.of > 0 && outcome.right == outcome.of;
      if (print) std::printf("%s%d of %d right\n\n", outcome.text.c_str(), outcome.right, outcome.of);
      std::string remark = outcome.remark;  // one field of a line
      std::replace_if(
          remark.begin(), remark.end(), [](char c) { return c == ',' || c == '\n'; }, ';');
      grades += exercise.name + formatted(",%d,%d,", outcome.right, outcome.of) + remark + "\n";
    }
    if (!options.grade.empty()) write_file(options.grade, grades);
    return all_right ? 0 : 1;
  });
}

}  // namespace handgrad
