#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/checking/not_written.h"
#include "src/checking/prediction_check.h"
#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

// What came of an exercise.
struct Outcome {
  std::string text;  // the report
  int right;         // equations or steps
  int of;
  std::string remark;  // on the first that is not right: "not written yet", "grad_W is wrong"
};

// One exercise of a lesson: its name, and how it is checked, with a params.txt in place of training or "".
struct Exercise {
  std::string name;
  std::function<Outcome(const std::string& params_file)> run;
};

// To write a backward function: checked as make check-grad checks, with the same report.
Exercise checked_exercise(const std::string& name, const std::function<void(CheckReport&)>& check);

// The same for a function that stands in the file of the call:
//   backward_exercise("relu_backward", check_relu, exercise::relu_backward)
template <class Function>
Exercise backward_exercise(const std::string& name, void (*check)(CheckReport&, Function, const std::string& file),
                           Function function, const char* file = __builtin_FILE()) {
  return checked_exercise(name, [=](CheckReport& report) { check(report, function, file); });
}

// To repeat a prediction by hand (the lecture's exercises): the network is trained as the lecture does, in the run of
// this name, or its parameters are read. The first test flower is predicted with it and by hand, and every step of both
// is printed side by side.
Exercise prediction_exercise(const std::string& run, Network& network, const OptimizerSettings& optimizer,
                             PredictByHand by_hand, const char* file = __builtin_FILE());

// The whole program of an exercise.cpp or answer.cpp. What is written there runs in child processes: it cannot end the
// program. Options: --load FILE (a params.txt, so that nothing is trained); --grade FILE (print nothing, and write a
// line "name,right,of,remark" for each exercise to FILE). Returns the exit status: 0 if all is right, 1 if not, 2 after
// a wrong option.
int run_exercises(const std::string& title, const std::vector<Exercise>& exercises, int argc, char** argv);

}  // namespace handgrad
