#pragma once

#include <string>
#include <vector>

namespace handgrad {

// A table of numbers to be drawn as colours.
struct HeatMap {
  std::string title, subtitle;
  std::string row_axis, column_axis, value_axis;  // "layer", "epoch", "mean |gradient|"
  std::vector<std::string> rows, columns;         // their names, from the top and from the left
  std::vector<std::vector<double>> values;        // [row][column]; NaN where there is none
  double lowest, highest;                         // the ends of the colour scale; what lies outside is drawn as the end
  bool logarithmic = false;                       // then both ends are above 0
  std::vector<std::vector<std::string>> texts{};  // [row][column], what stands in the cells; or nothing
};

// The table as an SVG file: a coloured cell for each value, from dark (lowest) to light (highest), a crossed-out empty
// one for NaN, and beside them the scale. Where there is no room for every row's or column's name, only some of them,
// evenly spread, are written.
std::string heat_map_svg(const HeatMap& map);

}  // namespace handgrad
