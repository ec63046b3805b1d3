#include "tests/bench/line_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/report/markup.h"
#include "src/report/picture.h"

namespace handgrad {

namespace {

constexpr double axes_left = 72, axes_right = 660, axes_top = 74, axes_bottom = 428;
constexpr double picture_height = 480;
constexpr double label_height = 15;

// Told apart by lightness too.
constexpr std::array<const char*, 8> colours{"#1e145a", "#b0413e", "#32557f", "#c27c1a",
                                             "#148c82", "#8a5fbf", "#7d8f1f", "#555555"};

// From the logarithm of a number to a place in the picture.
struct Axis {
  double lowest, highest;  // the numbers at both ends
  double from, to;         // and their places

  double operator()(double value) const {
    return from + (to - from) * std::log(value / lowest) / std::log(highest / lowest);
  }
};

Axis axis_over(const std::vector<Curve>& curves, std::vector<double> Curve::*values, double margin, double from,
               double to) {
  double lowest = (curves[0].*values)[0], highest = lowest;
  for (const Curve& curve : curves) {
    for (const double value : curve.*values) {
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  }
  return {lowest / margin, highest * margin, from, to};
}

// 1, 2, 5, 10, 20, … or, over many decades, 1, 10, 100, …
std::string y_grid(const Axis& y) {
  std::string svg;
  const bool decades_only = y.highest / y.lowest > 2000;
  for (double decade = std::pow(10, std::floor(std::log10(y.lowest))); decade < y.highest; decade *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double value = decade * factor;
      if (value < y.lowest || value > y.highest || (decades_only && factor > 1)) continue;
      svg += formatted("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>\n", axes_left, y(value), axes_right);
      svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.10g</text>\n", axes_left - 8, y(value) + 4,
                       value);
    }
  }
  return svg;
}

std::string x_labels(const Axis& x, const std::vector<double>& places) {
  std::string svg;
  for (const double place : places) {
    svg += formatted("<path class=\"grid\" d=\"M%.1f %.1fv5\"/>\n", x(place), axes_bottom);
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.10g</text>\n", x(place), axes_bottom + 18,
                     place);
  }
  return svg;
}

// Where the curves' names stand: beside their ends, but apart from each other.
std::vector<double> label_places(const std::vector<Curve>& curves, const Axis& y) {
  std::vector<double> places;
  std::vector<std::size_t> order;
  for (const Curve& curve : curves) {
    order.push_back(order.size());
    places.push_back(y(curve.y.back()));
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  for (std::size_t k = 1; k < order.size(); ++k) {
    places[order[k]] = std::max(places[order[k]], places[order[k - 1]] + label_height);
  }
  return places;
}

std::string drawn(const Curve& curve, const char* colour, double label_y, const Axis& x, const Axis& y) {
  std::string points, dots;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    points += formatted("%.1f,%.1f ", x(curve.x[i]), y(curve.y[i]));
    if (!curve.dashed) dots += formatted("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", x(curve.x[i]), y(curve.y[i]));
  }
  std::string svg = formatted("<polyline stroke=\"%s\" stroke-dasharray=\"%s\" points=\"%s\"/>\n", colour,
                              curve.dashed ? "6 4" : "none", points.c_str());
  svg += formatted("<g fill=\"%s\">%s</g>\n", colour, dots.c_str());
  svg += formatted("<path class=\"leader\" stroke=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", colour, x(curve.x.back()) + 4,
                   y(curve.y.back()), axes_right + 16, label_y);
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n", axes_right + 20, label_y + 4, colour,
                   escaped(curve.name).c_str());
  return svg;
}

}  // namespace

std::string line_plot_svg(const LinePlot& plot) {
  const Axis x = axis_over(plot.curves, &Curve::x, 1, axes_left + 14, axes_right - 8);
  const Axis y = axis_over(plot.curves, &Curve::y, 1.1, axes_bottom, axes_top);

  std::string svg = picture_head(picture_height, axes_left, plot.title, plot.subtitle);
  svg += y_grid(y) + x_labels(x, plot.curves[0].x);
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", (axes_left + axes_right) / 2,
                   axes_bottom + 40, escaped(plot.x_label).c_str());
  svg += formatted("<text transform=\"translate(18 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                   (axes_top + axes_bottom) / 2, escaped(plot.y_label).c_str());
  const std::vector<double> places = label_places(plot.curves, y);
  for (std::size_t k = 0; k < plot.curves.size(); ++k) {
    svg += drawn(plot.curves[k], colours[k % colours.size()], places[k], x, y);
  }
  return svg + "</svg>\n";
}

}  // namespace handgrad
