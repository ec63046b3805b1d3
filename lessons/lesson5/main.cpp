#include <memory>

#include "lessons/lesson1/network.h"
#include "lessons/lesson5/network.h"
#include "src/program/lesson.h"

namespace {

using namespace handgrad;

// depth counts the fully connected layers: depth - 1 hidden ones and the last.
std::unique_ptr<Network> make_leaky_mlp(int depth, int width) {
  return std::make_unique<lesson5::LeakyMlp>(layer_widths(depth - 1, width), Real(0.25));
}

std::unique_ptr<Network> make_relu_mlp(int depth, int width) {
  return std::make_unique<lesson1::Mlp>(layer_widths(depth - 1, width));
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{"LeakyReLU",
                      {{"leaky", "LeakyReLU lets a quarter of the gradient past a unit that is off", 3, 10,
                        lecture_sgd(), make_leaky_mlp},
                       {"relu", "the same network with ReLU", 3, 10, lecture_sgd(), make_relu_mlp}}};
  return run_lesson(lesson, argc, argv);
}
