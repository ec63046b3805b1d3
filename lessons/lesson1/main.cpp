#include <memory>

#include "lessons/lesson1/network.h"
#include "src/program/lesson.h"

namespace {

using namespace handgrad;

// depth counts the fully connected layers: depth - 1 hidden ones and the last.
std::unique_ptr<Network> make_mlp(int depth, int width) {
  return std::make_unique<lesson1::Mlp>(layer_widths(depth - 1, width));
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{"a network learns, a deeper one does not",
                      {{"mlp4", "every layer of the 4-layer network gets a gradient", 4, 10, lecture_adam(), make_mlp},
                       {"mlp8", "the gradient of the first layers vanishes", 8, 10, lecture_adam(), make_mlp}}};
  return run_lesson(lesson, argc, argv);
}
