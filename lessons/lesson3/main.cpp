#include <memory>

#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "src/program/lesson.h"

namespace {

using namespace handgrad;

// In this lesson depth counts the hidden layers, as the lecture does here.
std::unique_ptr<Network> make_batch_norm_mlp(int depth, int width) {
  return std::make_unique<lesson2::BatchNormMlp>(layer_widths(depth, width));
}

std::unique_ptr<Network> make_residual_mlp(int depth, int width) {
  return std::make_unique<lesson3::ResidualMlp>(layer_widths(depth, width));
}

OptimizerSettings adam(double lr) {
  OptimizerSettings settings = lecture_adam();
  settings.lr = lr;
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{
      "residual sums",
      {{"bn25", "25 layers are too many for batch norm alone", 25, 10, lecture_adam(), make_batch_norm_mlp},
       {"res6", "with residual sums sgd trains 6 hidden layers", 6, 3, lecture_sgd(), make_residual_mlp},
       {"res25", "with residual sums sgd trains 25 hidden layers too", 25, 10, lecture_sgd(), make_residual_mlp},
       {"res100_sgd", "at 100 layers the gradient explodes with the same sgd, then layer 1 is off", 100, 10,
        lecture_sgd(), make_residual_mlp},
       {"res100", "adam with smaller steps trains 100 layers", 100, 10, adam(0.0003), make_residual_mlp},
       {"res1000", "adam with still smaller steps trains 1000 layers", 1000, 10, adam(0.0001), make_residual_mlp}}};
  return run_lesson(lesson, argc, argv);
}
