#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/checking/not_written.h"
#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

// A network's parameters by the lecture's names: PARAMS("fc1_weight").
struct NamedParameters {
  std::vector<Parameter> all;

  // Throws std::invalid_argument if there is no such name.
  const Matrix& operator()(const std::string& name) const;
};

// The steps of a prediction as a student computed them, by the names of the lecture's exercises: fc1_out, relu1_out, …
struct Steps {
  struct Step {
    std::string name;
    Matrix value;
  };
  std::vector<Step> all;

  // Notes a step and hands its value on.
  Matrix add(const std::string& name, const Matrix& value);
};

// How much of an exercise is right.
struct Score {
  int right;
  int of;
};

// What the command line says to an exercise: --load FILE (a params.txt, so that nothing is trained), --grade (print
// only a line "name,right,of" for each exercise).
struct ExerciseOptions {
  std::string load;
  bool grade = false;
};

// One exercise of a lesson: its name, and how to run it. `run` prints what it found unless it only grades.
struct Exercise {
  std::string name;
  std::function<Score(const ExerciseOptions&)> run;
};

// To write a backward function: checked as make check-grad checks, with the same report.
Exercise backward_exercise(const std::string& name, const std::function<void(CheckReport&)>& check);

// To repeat a prediction by hand (the lecture's exercises): the network is trained as the lecture does, or loaded; the
// first test flower is predicted with it and by hand, and every step of both is printed side by side, with the first
// one that differs by more than 1e-6. x is one flower, 1 × 4; by_hand adds every step up to softmax_out.
using PredictByHand = void (*)(const Matrix& x, const NamedParameters& PARAMS, Steps& steps);
Exercise prediction_exercise(const std::string& name, Network& network, const OptimizerSettings& optimizer,
                             PredictByHand by_hand);

// The whole program of an exercise.cpp or answer.cpp. Returns the exit status: 0 if all is right, 1 if not, 2 after a
// wrong option.
int run_exercises(const std::string& title, const std::vector<Exercise>& exercises, int argc, char** argv);

}  // namespace handgrad
