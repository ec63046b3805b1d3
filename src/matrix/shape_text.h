#pragma once

#include <string>

namespace handgrad {

// "20×4", as every message names a shape.
inline std::string shape_text(int rows, int cols) {
  return std::to_string(rows) + "×" + std::to_string(cols);
}

}  // namespace handgrad
