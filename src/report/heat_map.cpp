#include "src/report/heat_map.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/report/markup.h"
#include "src/report/picture.h"

namespace handgrad {

namespace {

constexpr double cells_right = 730, cells_top = 74;
constexpr double scale_left = 762, scale_width = 16, scale_height = 200;
constexpr int shades = 32;
constexpr double letter_width = 6.2, line_height = 13;
constexpr int no_shade = -1;

// Where the cells lie.
struct Layout {
  double left, cell_width, cell_height, bottom;

  // As they are printed, with one decimal, so that no gap is between a cell's end and the next one's beginning.
  double x(std::size_t column) const { return std::round(10 * (left + cell_width * static_cast<double>(column))) / 10; }
  double y(std::size_t row) const { return std::round(10 * (cells_top + cell_height * static_cast<double>(row))) / 10; }
};

// The letters of UTF-8 text: every byte but those that continue one.
std::size_t letters(const std::string& text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

double longest(const std::vector<std::string>& names) {
  std::size_t most = 1;
  for (const std::string& name : names) most = std::max(most, letters(name));
  return letter_width * static_cast<double>(most);
}

Layout layout_of(const HeatMap& map) {
  const double left = 48 + longest(map.rows);
  const double rows = static_cast<double>(map.rows.size());
  const double cell_height = std::min(std::max(360 / rows, 6.0), 38.0);
  const double cell_width = (cells_right - left) / static_cast<double>(map.columns.size());
  return {left, cell_width, cell_height, cells_top + cell_height * rows};
}

// Which shade of the scale a value has.
int shade_of(const HeatMap& map, double value) {
  if (std::isnan(value)) return no_shade;
  const double within = std::min(std::max(value, map.lowest), map.highest);
  const double share = map.logarithmic ? std::log(within / map.lowest) / std::log(map.highest / map.lowest)
                                       : (within - map.lowest) / (map.highest - map.lowest);
  return std::min(static_cast<int>(share * shades + 1e-9), shades - 1);
}

double share_of(int shade) {
  return static_cast<double>(shade) / (shades - 1);
}

std::string colour_of(int shade) {
  return colour_at(share_of(shade));
}

std::string rectangle(double x, double y, double width, double height, const std::string& colour) {
  return formatted("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, width, height,
                   colour.c_str());
}

// A row's cells; neighbours of one shade are drawn together.
std::string cells(const HeatMap& map, const Layout& place, std::size_t row) {
  const std::vector<double>& values = map.values[row];
  const double height = place.y(row + 1) - place.y(row);
  std::string svg;
  for (std::size_t from = 0; from < values.size();) {
    const int shade = shade_of(map, values[from]);
    std::size_t to = from + 1;
    while (to < values.size() && shade_of(map, values[to]) == shade) ++to;
    const double x = place.x(from), width = place.x(to) - x;
    if (shade == no_shade) {
      svg += formatted("<path class=\"none\" stroke=\"#767676\" d=\"M%.1f %.1fh%.1fv%.1fh%.1fzl%.1f %.1f\"/>\n", x,
                       place.y(row), width, height, -width, width, height);
    } else {
      svg += rectangle(x, place.y(row), width, height, colour_of(shade));
    }
    from = to;
  }
  if (map.texts.empty()) return svg;
  for (std::size_t column = 0; column < values.size(); ++column) {
    const int shade = shade_of(map, values[column]);
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n",
                     place.x(column) + place.cell_width / 2, place.y(row) + place.cell_height / 2 + 4,
                     shade == no_shade || is_light(share_of(shade)) ? "#000" : "#fff",
                     escaped(map.texts[row][column]).c_str());
  }
  return svg;
}

std::string names(const HeatMap& map, const Layout& place) {
  std::string svg;
  const auto room_for = [](double length, double each) {
    return static_cast<std::size_t>(std::max(2.0, std::floor(length / each)));
  };
  for (const std::size_t row : evenly_spread(map.rows.size(), room_for(place.bottom - cells_top, line_height))) {
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", place.left - 8,
                     place.y(row) + place.cell_height / 2 + 4, escaped(map.rows[row]).c_str());
  }
  const std::size_t fit = room_for(cells_right - place.left, longest(map.columns) + 8);
  for (const std::size_t column : evenly_spread(map.columns.size(), map.columns.size() <= fit ? fit : 5)) {
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
                     place.x(column) + place.cell_width / 2, place.bottom + 18, escaped(map.columns[column]).c_str());
  }
  svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", (place.left + cells_right) / 2,
                   place.bottom + 38, escaped(map.column_axis).c_str());
  return svg + formatted("<text transform=\"translate(20 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                         (cells_top + place.bottom) / 2, escaped(map.row_axis).c_str());
}

// The scale: its shades from the top down, with five values beside them, and below what an empty cell means.
std::string scale(const HeatMap& map, bool has_empty_cells) {
  constexpr double step = scale_height / shades;
  std::string svg;
  for (int shade = 0; shade < shades; ++shade) {
    svg += rectangle(scale_left, cells_top + step * (shades - 1 - shade), scale_width, step + 0.1, colour_of(shade));
  }
  for (int k = 0; k <= 4; ++k) {
    const double share = k / 4.0;
    const double value = map.logarithmic ? map.lowest * std::pow(map.highest / map.lowest, share)
                                         : map.lowest + (map.highest - map.lowest) * share;
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\">%.3g</text>\n", scale_left + scale_width + 6,
                     cells_top + scale_height * (1 - share) + 4, value);
  }
  svg += formatted("<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                   scale_left - 8, cells_top + scale_height / 2, escaped(map.value_axis).c_str());
  if (!has_empty_cells) return svg;
  const double y = cells_top + scale_height + 16;
  svg += formatted("<path class=\"none\" stroke=\"#767676\" d=\"M%.1f %.1fh%.1fv%.1fh%.1fzl%.1f %.1f\"/>\n", scale_left,
                   y, scale_width, scale_width, -scale_width, scale_width, scale_width);
  return svg + formatted("<text x=\"%.1f\" y=\"%.1f\">no value</text>\n", scale_left + scale_width + 6, y + 12);
}

}  // namespace

std::string heat_map_svg(const HeatMap& map) {
  const Layout place = layout_of(map);
  const double height = std::max(place.bottom + 52, cells_top + scale_height + 50);
  std::string svg = picture_head(height, place.left, map.title, map.subtitle);
  svg += "<g shape-rendering=\"crispEdges\">\n";  // no seams between the cells
  bool has_empty_cells = false;
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    svg += cells(map, place, row);
    for (const double value : map.values[row]) has_empty_cells = has_empty_cells || std::isnan(value);
  }
  return svg + scale(map, has_empty_cells) + "</g>\n" + names(map, place) + "</svg>\n";
}

}  // namespace handgrad
