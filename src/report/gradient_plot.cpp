#include "src/report/gradient_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "src/data/text.h"
#include "src/report/markup.h"

namespace handgrad {

namespace {

constexpr double plot_left = 64, plot_right = 720, plot_top = 74, plot_bottom = 468;
constexpr double picture_width = 860, picture_height = 520;
constexpr double label_height = 14.5;
constexpr double floor_value = 1e-8;
constexpr std::size_t most_lines = 26, lines_of_many = 12;

// One layer's line: which weight it is, how it looks, and where its label stands.
struct Line {
  std::size_t weight;
  std::string colour;
  std::string dashes;
  double end_y;
  double label_y;
};

// The axes: how an epoch and a gradient become a place in the picture.
struct Axes {
  double epochs;
  bool floored;  // whether a value lies below the floor
  int lowest_decade, highest_decade;

  double x(double epoch) const {
    return plot_left + (plot_right - plot_left) * (epoch - 1) / std::max(epochs - 1, 1.0);
  }
  double y(double grad) const {
    const double share = (std::log10(std::max(grad, floor_value)) - lowest_decade) / (highest_decade - lowest_decade);
    return plot_bottom - (plot_bottom - plot_top) * share;
  }
};

// Dark blue to light orange, by interpolation: lightness alone tells the layers' order.
std::string colour_at(double share) {
  constexpr std::array<std::array<double, 3>, 5> stops{
      {{30, 20, 90}, {50, 85, 150}, {20, 140, 130}, {150, 160, 40}, {240, 150, 60}}};
  const double place = share * (stops.size() - 1);
  const std::size_t k = std::min(static_cast<std::size_t>(place), stops.size() - 2);
  const double t = place - static_cast<double>(k);
  std::array<int, 3> rgb{};
  for (std::size_t c = 0; c < rgb.size(); ++c) rgb[c] = static_cast<int>(stops[k][c] * (1 - t) + stops[k + 1][c] * t);
  return formatted("#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

Axes fit_axes(const History& history) {
  double lowest = 1, highest = floor_value;
  bool floored = false;
  for (const std::vector<double>& grads : history.mean_abs_grad) {
    for (const double grad : grads) {
      floored = floored || grad < floor_value;
      lowest = std::min(lowest, std::max(grad, floor_value));
      highest = std::max(highest, grad);
    }
  }
  Axes axes{static_cast<double>(history.loss.size()), floored, static_cast<int>(std::floor(std::log10(lowest) + 1e-9)),
            static_cast<int>(std::ceil(std::log10(highest) - 1e-9))};
  axes.highest_decade = std::max(axes.highest_decade, axes.lowest_decade + 1);
  return axes;
}

std::vector<Line> choose_lines(const History& history, const Axes& axes) {
  static const std::array<const char*, 4> dashes{"none", "8 3", "2 3", "9 3 2 3"};
  const std::size_t weights = history.weights.size();
  const std::size_t count = weights <= most_lines ? weights : lines_of_many;
  std::vector<Line> lines;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t weight = count == 1 ? 0 : k * (weights - 1) / (count - 1);
    const double end_y = axes.y(history.mean_abs_grad.back()[weight]);
    const double share = count == 1 ? 0 : static_cast<double>(k) / static_cast<double>(count - 1);
    lines.push_back({weight, colour_at(share), dashes[k % dashes.size()], end_y, end_y});
  }
  return lines;
}

// Moves labels apart until none covers another: downwards from the top, then back up from the bottom edge.
void spread_labels(std::vector<Line>& lines) {
  std::vector<Line*> order;
  for (Line& line : lines) order.push_back(&line);
  std::stable_sort(order.begin(), order.end(), [](const Line* a, const Line* b) { return a->end_y < b->end_y; });
  double free_from = plot_top;
  for (Line* line : order) {
    line->label_y = std::max(line->end_y, free_from);
    free_from = line->label_y + label_height;
  }
  double free_to = plot_bottom;
  for (auto line = order.rbegin(); line != order.rend(); ++line) {
    (*line)->label_y = std::min((*line)->label_y, free_to);
    free_to = (*line)->label_y - label_height;
  }
}

std::string grid(const Axes& axes) {
  std::string svg;
  for (int decade = axes.lowest_decade; decade <= axes.highest_decade; ++decade) {
    const double y = axes.y(std::pow(10.0, decade));
    svg += formatted("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>\n", plot_left, y, plot_right);
    svg += formatted(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">10<tspan dy=\"-5\" "
        "font-size=\"9\">%d</tspan></text>\n",
        plot_left - 8, y + 5, decade);
  }
  const int last = static_cast<int>(axes.epochs);
  for (int k = 0; k <= 4; ++k) {
    const int epoch = 1 + (last - 1) * k / 4;
    if (k > 0 && epoch == 1 + (last - 1) * (k - 1) / 4) continue;
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", axes.x(epoch), plot_bottom + 18,
                     epoch);
  }
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">epoch</text>\n", (plot_left + plot_right) / 2,
                   plot_bottom + 38);
  svg += formatted("<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">mean |gradient|</text>\n",
                   (plot_top + plot_bottom) / 2);
  return svg;
}

std::string drawn(const Line& line, const History& history, const Axes& axes) {
  std::string points;
  for (std::size_t epoch = 0; epoch < history.mean_abs_grad.size(); ++epoch) {
    points += formatted("%s%.1f,%.1f", epoch == 0 ? "" : " ", axes.x(static_cast<double>(epoch + 1)),
                        axes.y(history.mean_abs_grad[epoch][line.weight]));
  }
  if (history.mean_abs_grad.size() == 1) {  // a single epoch: a level line, or nothing would be seen
    points += formatted(" %.1f,%.1f", plot_right, line.end_y);
  }
  const char* colour = line.colour.c_str();
  const char* dashes = line.dashes.c_str();
  std::string svg =
      formatted("<polyline stroke=\"%s\" stroke-dasharray=\"%s\" points=\"%s\"/>\n", colour, dashes, points.c_str());
  svg += formatted("<path class=\"leader\" stroke=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", colour, plot_right + 1,
                   line.end_y, plot_right + 13, line.label_y);
  svg += formatted("<path stroke=\"%s\" stroke-dasharray=\"%s\" d=\"M%.1f %.1fh24\"/>\n", colour, dashes,
                   plot_right + 14, line.label_y);
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", plot_right + 42, line.label_y + 4,
                   escaped(history.weights[line.weight]).c_str());
  return svg;
}

}  // namespace

std::string gradient_plot_svg(const History& history, const std::string& title, const std::string& subtitle) {
  const Axes axes = fit_axes(history);
  std::vector<Line> lines = choose_lines(history, axes);
  spread_labels(lines);

  std::string notes = subtitle;
  if (lines.size() < history.weights.size()) {
    notes += formatted("; %zu of %zu layers drawn", lines.size(), history.weights.size());
  }
  if (axes.floored) notes += "; values below 1e-8 are drawn at 1e-8";

  std::string svg = formatted(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
      "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n",
      picture_width, picture_height);
  svg += "<title>" + escaped(title) + "</title>\n";
  svg +=
      "<style>polyline,path{fill:none;stroke-width:2}.grid{stroke:#ddd;stroke-width:1}.leader{stroke-width:."
      "7}"
      "</style>\n";
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  svg += formatted("<text x=\"%.1f\" y=\"30\" font-size=\"17\" font-weight=\"bold\">%s</text>\n", plot_left,
                   escaped(title).c_str());
  svg += formatted("<text x=\"%.1f\" y=\"52\" fill=\"#555\">%s</text>\n", plot_left, escaped(notes).c_str());
  svg += grid(axes);
  for (const Line& line : lines) svg += drawn(line, history, axes);
  return svg + "</svg>\n";
}

}  // namespace handgrad
