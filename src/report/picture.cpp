#include "src/report/picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "src/io/text.h"
#include "src/report/markup.h"

namespace handgrad {

std::string picture_head(double height, double left, const std::string& title, const std::string& subtitle) {
  std::string svg = formatted(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
      "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n",
      picture_width, height);
  svg += "<title>" + escaped(title) + "</title>\n";
  svg +=
      "<style>polyline,path{fill:none;stroke-width:2}.grid{stroke:#ddd;stroke-width:1}.leader{stroke-width:.7}"
      "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  svg += formatted("<text x=\"%.1f\" y=\"30\" font-size=\"17\" font-weight=\"bold\">%s</text>\n", left,
                   escaped(title).c_str());
  return svg + formatted("<text x=\"%.1f\" y=\"52\" fill=\"#555\">%s</text>\n", left, escaped(subtitle).c_str());
}

namespace {

std::array<double, 3> rgb_at(double share) {
  constexpr std::array<std::array<double, 3>, 5> stops{
      {{30, 20, 90}, {50, 85, 150}, {20, 140, 130}, {150, 160, 40}, {240, 150, 60}}};
  const double place = share * (stops.size() - 1);
  const std::size_t k = std::min(static_cast<std::size_t>(place), stops.size() - 2);
  const double t = place - static_cast<double>(k);
  std::array<double, 3> rgb{};
  for (std::size_t c = 0; c < rgb.size(); ++c) rgb[c] = std::floor(stops[k][c] * (1 - t) + stops[k + 1][c] * t);
  return rgb;
}

}  // namespace

std::string colour_at(double share) {
  const std::array<double, 3> rgb = rgb_at(share);
  return formatted("#%02x%02x%02x", static_cast<int>(rgb[0]), static_cast<int>(rgb[1]), static_cast<int>(rgb[2]));
}

std::string line_colour_at(double share) {
  return colour_at(0.7 * share);
}

// By the relative luminance of WCAG 2: at 0.179 black and white have the same contrast, 4.6:1.
bool is_light(double share) {
  constexpr std::array<double, 3> weights{0.2126, 0.7152, 0.0722};
  const std::array<double, 3> rgb = rgb_at(share);
  double luminance = 0;
  for (std::size_t c = 0; c < rgb.size(); ++c) {
    const double part = rgb[c] / 255;
    luminance += weights[c] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return luminance > 0.179;
}

std::vector<std::size_t> shown_of(const std::vector<double>& values) {
  constexpr std::size_t pieces = 333;
  std::vector<std::size_t> shown;
  const std::size_t count = values.size();
  if (count <= 2 * pieces) {
    for (std::size_t k = 0; k < count; ++k) shown.push_back(k);
    return shown;
  }
  shown.push_back(0);
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(piece * count / pieces);
    const auto to = values.begin() + static_cast<std::ptrdiff_t>((piece + 1) * count / pieces);
    const auto [smallest, largest] = std::minmax_element(from, to);
    for (const auto k : {std::min(smallest, largest), std::max(smallest, largest)}) {
      const std::size_t at = static_cast<std::size_t>(k - values.begin());
      if (at != shown.back()) shown.push_back(at);
    }
  }
  if (shown.back() + 1 != count) shown.push_back(count - 1);
  return shown;
}

double epoch_place(std::size_t epoch, std::size_t epochs, double left, double right) {
  if (epochs == 1) return left;
  return left + (right - left) * static_cast<double>(epoch - 1) / static_cast<double>(epochs - 1);
}

std::string epoch_axis(std::size_t epochs, double left, double right, double bottom) {
  std::string svg;
  for (const std::size_t k : evenly_spread(epochs, 5)) {
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%zu</text>\n",
                     epoch_place(k + 1, epochs, left, right), bottom + 18, k + 1);
  }
  return svg + formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">epoch</text>\n", (left + right) / 2,
                         bottom + 38);
}

std::vector<std::size_t> evenly_spread(std::size_t count, std::size_t most) {
  const std::size_t shown = std::min(count, most);
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < shown; ++k) chosen.push_back(shown == 1 ? 0 : k * (count - 1) / (shown - 1));
  return chosen;
}

}  // namespace handgrad
