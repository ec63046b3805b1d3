#pragma once

#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// How to step. The defaults are the lecture's: sgd 0.05 with momentum 0.9 (section 3 (6)), adam 0.001
// (section 1 (3)).
struct OptimizerSettings {
  enum class Kind { sgd, adam };
  Kind kind;
  double lr;
  double momentum = 0.9;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

OptimizerSettings lecture_sgd();
OptimizerSettings lecture_adam();

// The settings with what they need to remember from step to step, one matrix for each parameter.
struct Optimizer {
  OptimizerSettings settings;
  int t = 0;  // steps made
  std::vector<Matrix> m;
  std::vector<Matrix> v;  // adam only

  Optimizer(const OptimizerSettings& optimizer_settings, const std::vector<Parameter>& parameters);
};

// One step of every parameter that has a gradient: sgd_update or adam_update.
void optimizer_step(Optimizer& optimizer, const std::vector<Parameter>& parameters);

}  // namespace handgrad
