#include "src/report/gradient_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "src/io/text.h"
#include "src/report/markup.h"
#include "src/report/picture.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr double plot_bottom = 468;
constexpr double picture_height = 520;
constexpr double label_height = 14.5;
constexpr double floor_value = 1e-8;
constexpr std::size_t most_lines = 26, lines_of_many = 12, most_columns = 200;

// One layer's line: which weight it is, how it looks, and where its label stands.
struct Line {
  std::size_t weight;
  std::string colour;
  const char* dashes;
  const char* pattern;  // the same in letters, for the legend
  double end_x, end_y;
  double label_y;
};

// The axes: how an epoch and a gradient become a place in the picture.
struct Axes {
  std::size_t epochs;
  bool floored;  // whether a value lies below the floor
  int lowest_decade, highest_decade;

  double x(std::size_t epoch) const { return epoch_place(epoch, epochs, plot_left, plot_right); }
  double y(double grad) const {
    const double share = (std::log10(std::max(grad, floor_value)) - lowest_decade) / (highest_decade - lowest_decade);
    return plot_bottom - (plot_bottom - plot_top) * share;
  }
};

Axes fit_axes(const std::vector<const History*>& histories) {
  double lowest = 1, highest = floor_value;
  bool floored = false;
  std::size_t epochs = 0;
  for (const History* history : histories) {
    epochs = std::max(epochs, history->loss.size());
    for (const std::vector<double>& grads : history->mean_abs_grad) {
      for (const double grad : grads) {
        floored = floored || grad < floor_value;
        lowest = std::min(lowest, std::max(grad, floor_value));
        highest = std::max(highest, grad);
      }
    }
  }
  Axes axes{epochs, floored, static_cast<int>(std::floor(std::log10(lowest) + 1e-9)),
            static_cast<int>(std::ceil(std::log10(highest) - 1e-9))};
  axes.highest_decade = std::max(axes.highest_decade, axes.lowest_decade + 1);
  return axes;
}

std::vector<Line> choose_lines(const History& history, const Axes& axes, bool dashed) {
  struct Look {
    const char *dashes, *pattern;
  };
  constexpr std::array<Look, 4> looks{
      {{"none", "\u2501\u2501"}, {"8 3", "\u254D\u254D"}, {"2 3", "\u2509\u2509"}, {"9 3 2 3", "\u2501\u2509"}}};
  const std::size_t weights = history.weights.size();
  const std::vector<std::size_t> chosen = evenly_spread(weights, weights <= most_lines ? weights : lines_of_many);
  std::vector<Line> lines;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const double end_y = axes.y(history.mean_abs_grad.back()[chosen[k]]);
    const double share = k == 0 ? 0 : static_cast<double>(k) / static_cast<double>(chosen.size() - 1);
    const Look& look = looks[dashed ? k % looks.size() : 0];
    lines.push_back({chosen[k], line_colour_at(share), look.dashes, look.pattern,
                     axes.x(history.loss.size() == 1 ? axes.epochs : history.loss.size()), end_y, end_y});
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
  svg += epoch_axis(axes.epochs, plot_left, plot_right, plot_bottom);
  svg += formatted("<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">mean |gradient|</text>\n",
                   (plot_top + plot_bottom) / 2);
  return svg;
}

// One layer's way through the epochs.
std::string curve(std::size_t weight, const History& history, const Axes& axes, const std::string& style) {
  std::vector<double> grads;
  for (const std::vector<double>& of_epoch : history.mean_abs_grad) grads.push_back(of_epoch[weight]);
  std::string points;
  for (const std::size_t epoch : shown_of(grads)) {
    points += formatted("%s%.1f,%.1f", epoch == 0 ? "" : " ", axes.x(epoch + 1), axes.y(grads[epoch]));
  }
  if (history.mean_abs_grad.size() == 1) {  // a single epoch: a level line, or nothing would be seen
    points += formatted(" %.1f,%.1f", plot_right, axes.y(history.mean_abs_grad[0][weight]));
  }
  return "<polyline " + style + " points=\"" + points + "\"/>\n";
}

std::string drawn(const Line& line, const History& history, const Axes& axes) {
  const char* colour = line.colour.c_str();
  std::string svg =
      curve(line.weight, history, axes, formatted("stroke=\"%s\" stroke-dasharray=\"%s\"", colour, line.dashes));
  svg += formatted("<path class=\"leader\" stroke=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", colour, line.end_x + 1,
                   line.end_y, plot_right + 13, line.label_y);
  svg += formatted("<path stroke=\"%s\" stroke-dasharray=\"%s\" d=\"M%.1f %.1fh24\"/>\n", colour, line.dashes,
                   plot_right + 14, line.label_y);
  // A line on the floor says how far below it ends.
  const double last = history.mean_abs_grad.back()[line.weight];
  const std::string value = last < floor_value ? formatted(" <tspan font-size=\"10\">%.0e</tspan>", last) : "";
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\">%s%s</text>\n", plot_right + 42, line.label_y + 4,
                   escaped(history.weights[line.weight]).c_str(), value.c_str());
  return svg;
}

}  // namespace

std::string gradient_plot_svg(const History& history, const std::string& title, const std::string& subtitle,
                              const History* before) {
  const bool alone = before == nullptr;
  const Axes axes = fit_axes({&history, alone ? &history : before});
  std::vector<Line> lines = choose_lines(history, axes, alone);
  spread_labels(lines);

  std::string notes = subtitle;
  if (lines.size() < history.weights.size()) {
    notes += formatted("; %zu of %zu layers drawn", lines.size(), history.weights.size());
  }
  if (axes.floored) notes += "; values below 1e-8 are drawn at 1e-8";

  if (!alone) notes += "; dashed: the earlier run";

  std::string svg = picture_head(picture_height, plot_left, title, notes);
  svg += grid(axes);
  for (const Line& line : lines) {
    const std::string style = "stroke=\"" + line.colour + "\" stroke-dasharray=\"4 4\" style=\"stroke-width:1.3\"";
    if (!alone) svg += curve(line.weight, *before, axes, style);
  }
  for (const Line& line : lines) svg += drawn(line, history, axes);
  return svg + "</svg>\n";
}

std::string gradient_legend_html(const History& history) {
  std::string html = "<p class=\"legend\">";
  for (const Line& line : choose_lines(history, fit_axes({&history}), true)) {
    html += "<span><span style=\"color:" + line.colour + "\">" + line.pattern + "</span> " +
            escaped(history.weights[line.weight]) + "</span> ";
  }
  return html + "</p>\n";
}

HeatMap gradient_heat_map(const History& history, const std::string& title, const std::string& subtitle) {
  HeatMap map{
      title, subtitle + "; one scale for all networks", "layer", "epoch", "mean |gradient|", {}, {}, {}, 1e-12, 1,
      true};
  const std::vector<std::size_t> chosen = evenly_spread(history.weights.size(), most_lines);
  if (chosen.size() < history.weights.size()) {
    map.subtitle += formatted("; %zu of %zu layers", chosen.size(), history.weights.size());
  }
  const std::vector<std::size_t> epochs = evenly_spread(history.loss.size(), most_columns);
  for (const std::size_t epoch : epochs) map.columns.push_back(std::to_string(epoch + 1));
  for (const std::size_t weight : chosen) {
    map.rows.push_back(array_name(history.weights[weight]).layer());
    map.values.emplace_back();
    for (const std::size_t epoch : epochs) map.values.back().push_back(history.mean_abs_grad[epoch][weight]);
  }
  return map;
}

}  // namespace handgrad
