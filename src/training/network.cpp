#include "src/training/network.h"

#include <cstddef>

#include "src/data/iris.h"

namespace handgrad {

std::vector<int> layer_widths(int hidden, int width) {
  std::vector<int> widths(static_cast<std::size_t>(hidden) + 2, width);
  widths.front() = iris_features;
  widths.back() = iris_classes;
  return widths;
}

}  // namespace handgrad
