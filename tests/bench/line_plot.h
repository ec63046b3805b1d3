#pragma once

#include <string>
#include <vector>

namespace handgrad {

struct Curve {
  std::string name;
  std::vector<double> x, y;  // equally many, all above 0
  bool dashed = false;       // for what was not measured but is to be compared with
};

struct LinePlot {
  std::string title, subtitle, x_label, y_label;
  std::vector<Curve> curves;  // at most 8
};

// Curves on two logarithmic axes as an SVG file, each with its name at its right end. On white, so that it can be read
// on a dark page too. The x axis is labelled where the first curve has its points.
std::string line_plot_svg(const LinePlot& plot);

}  // namespace handgrad
