#include "src/report/picture.h"

#include <algorithm>
#include <array>

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
