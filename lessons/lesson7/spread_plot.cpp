#include "lessons/lesson7/spread_plot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/report/picture.h"

namespace handgrad::lesson7 {

namespace {

constexpr double panel_width = 340, panel_bottom = 330, second_panel = plot_left + 400;
constexpr double lowest_drawn = 1e-30;

// The decades between which all that is drawn lies, in steps of so many that there are at most eight.
struct Decades {
  int lowest = 0, highest = 1, step = 1;

  double y(double value) const {
    return panel_bottom - (panel_bottom - plot_top) * (std::log10(value) - lowest) / (highest - lowest);
  }
};

Decades decades_of(const std::vector<SpreadLine>& lines) {
  Decades decades;
  for (const SpreadLine& line : lines) {
    for (const Spread* spread : {&line.predicted, &line.measured}) {
      for (const std::vector<double>* numbers : {&spread->values, &spread->gradients}) {
        for (const double number : *numbers) {
          if (number < lowest_drawn) continue;
          decades.lowest = std::min(decades.lowest, static_cast<int>(std::floor(std::log10(number))));
          decades.highest = std::max(decades.highest, static_cast<int>(std::ceil(std::log10(number))));
        }
      }
    }
  }
  decades.step = (decades.highest - decades.lowest + 7) / 8;
  return decades;
}

// The frame of a panel: decades, the numbers of the layers, its name.
std::string frame(const Decades& decades, double left, std::size_t layers, const char* name) {
  std::string svg = formatted("<text x=\"%.1f\" y=\"%.1f\" font-weight=\"bold\">%s</text>\n", left, plot_top - 6, name);
  for (int decade = decades.highest; decade >= decades.lowest; decade -= decades.step) {
    const double y = decades.y(std::pow(10.0, decade));
    svg += formatted("<path class=\"grid\" d=\"M%.1f %.1fh%.1f\"/>\n", left, y, panel_width);
    svg += formatted(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">10<tspan dy=\"-5\" font-size=\"9\">%d</tspan></text>\n",
        left - 8, y + 5, decade);
  }
  for (const std::size_t k : evenly_spread(layers, 5)) {
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%zu</text>\n",
                     epoch_place(k + 1, layers, left, left + panel_width), panel_bottom + 18, k + 1);
  }
  return svg + formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">layer</text>\n", left + panel_width / 2,
                         panel_bottom + 36);
}

// numbers[layer], from the left to the right or as far as they can be drawn.
std::string curve(const Decades& decades, double left, const std::vector<double>& numbers, const std::string& style) {
  std::string points;
  for (std::size_t layer = 1; layer < numbers.size(); ++layer) {
    if (numbers[layer] < lowest_drawn) continue;
    points += formatted("%s%.1f,%.1f", points.empty() ? "" : " ",
                        epoch_place(layer, numbers.size() - 1, left, left + panel_width), decades.y(numbers[layer]));
  }
  return "<polyline " + style + " points=\"" + points + "\"/>\n";
}

}  // namespace

std::string spread_plot_svg(const std::vector<SpreadLine>& lines, const std::string& title,
                            const std::string& subtitle) {
  const Decades decades = decades_of(lines);
  const std::size_t layers = lines.front().predicted.values.size() - 1;
  std::string svg = picture_head(panel_bottom + 76, plot_left, title, subtitle);
  svg += frame(decades, plot_left, layers, "values, standard deviation of l");
  svg += frame(decades, second_panel, layers, "gradients, standard deviation of grad_l");
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string solid = "stroke=\"" + line_colour_at(0.5 * static_cast<double>(k)) + "\"";
    const std::string dashed = solid + " stroke-dasharray=\"3 4\"";
    svg += curve(decades, plot_left, lines[k].predicted.values, dashed);
    svg += curve(decades, plot_left, lines[k].measured.values, solid);
    svg += curve(decades, second_panel, lines[k].predicted.gradients, dashed);
    svg += curve(decades, second_panel, lines[k].measured.gradients, solid);
    const double x = plot_left + 230 * static_cast<double>(k), y = panel_bottom + 60;
    svg += formatted("<path %s d=\"M%.1f %.1fh24\"/>\n<text x=\"%.1f\" y=\"%.1f\">%s (dashed: predicted)</text>\n",
                     solid.c_str(), x, y, x + 30, y + 4, lines[k].name.c_str());
  }
  return svg + "</svg>\n";
}

}  // namespace handgrad::lesson7
