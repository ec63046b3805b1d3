#pragma once

#include <string>

#include "src/training/history.h"

namespace handgrad {

// The loss over the epochs as an SVG file, on an axis that begins at 0; that of an earlier run, `before`, dashed behind
// it.
std::string loss_plot_svg(const History& history, const std::string& title, const std::string& subtitle,
                          const History* before = nullptr);

}  // namespace handgrad
