#include <memory>
#include <vector>

#include "lessons/lesson.h"
#include "lessons/lesson1/network.h"

namespace {

using namespace handgrad;

// 4 features, depth - 1 hidden layers of the given width, 3 classes.
std::unique_ptr<Network> make_mlp(int depth, int width) {
  std::vector<int> widths(static_cast<std::size_t>(depth) + 1, width);
  widths.front() = 4;
  widths.back() = 3;
  return std::make_unique<lesson1::Mlp>(widths);
}

}  // namespace

int main(int argc, char** argv) {
  const Lesson lesson{
      1,
      "a network learns, a deeper one does not",
      {{"mlp4", "every layer of the 4-layer network gets a gradient", 4, 10, lecture_adam(), make_mlp},
       {"mlp8", "the gradient of the first layers vanishes", 8, 10, lecture_adam(), make_mlp}}};
  return run_lesson(lesson, argc, argv);
}
