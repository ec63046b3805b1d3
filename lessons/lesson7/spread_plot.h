#pragma once

#include <string>
#include <vector>

#include "lessons/lesson7/spread.h"

namespace handgrad::lesson7 {

// What is drawn of one initialisation.
struct SpreadLine {
  std::string name;
  Spread predicted, measured;
};

// An SVG file with two panels, the values and the gradients of every layer on one logarithmic axis: a colour for each
// initialisation, predictions dashed, measurements solid. What is below 1e-30, or too small for a float, is not drawn.
std::string spread_plot_svg(const std::vector<SpreadLine>& lines, const std::string& title,
                            const std::string& subtitle);

}  // namespace handgrad::lesson7
