#pragma once

#include <string>

#include "src/training/history.h"

namespace handgrad {

// The loss over the epochs as an SVG file, on an axis that begins at 0.
std::string loss_plot_svg(const History& history, const std::string& title, const std::string& subtitle);

}  // namespace handgrad
