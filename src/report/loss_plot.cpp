#include "src/report/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/report/picture.h"

namespace handgrad {

namespace {

constexpr double loss_bottom = 300;

// The smallest of 1, 2, 5, 10, 20, … and 0.5, 0.2, 0.1, … that is a quarter of `highest` or more.
double step_for(double highest) {
  const double decade = std::pow(10, std::floor(std::log10(highest / 4)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (4 * decade * factor >= highest) return decade * factor;
  }
  return decade * 10;
}

}  // namespace

std::string loss_plot_svg(const History& history, const std::string& title, const std::string& subtitle,
                          const History* before) {
  const std::vector<double>& loss = history.loss;
  const std::vector<double>& earlier = before == nullptr ? loss : before->loss;
  const double step = step_for(
      std::max({*std::max_element(loss.begin(), loss.end()), *std::max_element(earlier.begin(), earlier.end()), 1e-9}));
  const std::size_t epochs = std::max(loss.size(), earlier.size());
  const auto y = [&](double value) { return loss_bottom - (loss_bottom - plot_top) * value / (4 * step); };

  std::string svg =
      picture_head(352, plot_left, title, before == nullptr ? subtitle : subtitle + "; dashed: the earlier run");
  for (int k = 0; k <= 4; ++k) {
    svg += formatted("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>\n", plot_left, y(k * step), plot_right);
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%g</text>\n", plot_left - 8, y(k * step) + 4,
                     k * step);
  }
  svg += epoch_axis(epochs, plot_left, plot_right, loss_bottom);
  svg += formatted("<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">loss</text>\n",
                   (plot_top + loss_bottom) / 2);

  const auto curve = [&](const std::vector<double>& losses, const std::string& style) {
    std::string points;
    for (const std::size_t epoch : shown_of(losses)) {
      points += formatted("%.1f,%.1f ", epoch_place(epoch + 1, epochs, plot_left, plot_right), y(losses[epoch]));
    }
    // a level line, or a single epoch would not show
    if (losses.size() == 1) points += formatted("%.1f,%.1f", plot_right, y(losses[0]));
    return "<polyline stroke=\"" + line_colour_at(0) + "\"" + style + " points=\"" + points + "\"/>\n";
  };
  if (before != nullptr) svg += curve(earlier, " stroke-dasharray=\"4 4\" style=\"stroke-width:1.3\"");
  svg += curve(loss, "");
  return svg + formatted("<text x=\"%.1f\" y=\"%.1f\">%.4g</text>\n</svg>\n", plot_right + 8, y(loss.back()) + 4,
                         loss.back());
}

}  // namespace handgrad
