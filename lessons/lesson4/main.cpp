#include <memory>
#include <vector>

#include "lessons/lesson4/network.h"
#include "src/program/lesson.h"

namespace {

using namespace handgrad;

// depth counts the hidden layers; the first has `width` units, each next one has one more.
std::unique_ptr<Network> make_dense_mlp(int depth, int width) {
  std::vector<int> widths = layer_widths(depth, width);
  for (std::size_t i = 1; i + 1 < widths.size(); ++i) widths[i] += static_cast<int>(i) - 1;
  return std::make_unique<lesson4::DenseMlp>(widths);
}

// Layer i reads all layers before it: about half the square of the sum of the widths.
double dense_weights(int depth, int width) {
  const double units = static_cast<double>(depth) * (width + 0.5 * depth);
  return units * units / 2;
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{"dense concatenation",
                      {{"dense6", "with concatenation sgd trains 6 hidden layers of growing width", 6, 3, lecture_sgd(),
                        make_dense_mlp, dense_weights}}};
  return run_lesson(lesson, argc, argv);
}
