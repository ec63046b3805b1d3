#include <memory>

#include "lessons/lesson2/network.h"
#include "lessons/lesson2/standardisation.h"
#include "src/program/lesson.h"

namespace {

using namespace handgrad;

// depth counts the fully connected layers: depth - 1 hidden ones, each with a batch norm, and the last.
std::unique_ptr<Network> make_batch_norm_mlp(int depth, int width) {
  return std::make_unique<lesson2::BatchNormMlp>(layer_widths(depth - 1, width));
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{
      "batch normalization",
      {{"bn8", "with batch norm the 8-layer network learns", 8, 10, lecture_adam(), make_batch_norm_mlp}},
      lesson2::show_standardisation};
  return run_lesson(lesson, argc, argv);
}
