#include "src/report/heat_map.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

#include "src/report/picture.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Columns 1, 2, … and rows a, b, …
HeatMap map_of(const std::vector<std::vector<double>>& values, double lowest, double highest, bool logarithmic) {
  HeatMap map{"title", "subtitle", "row axis", "column axis", "value axis", {},
              {},      values,     lowest,     highest,       logarithmic};
  for (std::size_t row = 0; row < values.size(); ++row)
    map.rows.push_back(std::string(1, static_cast<char>('a' + row % 26)));
  for (std::size_t column = 0; column < values[0].size(); ++column) map.columns.push_back(std::to_string(column + 1));
  return map;
}

// Of the rectangles the first is the plate, and the last are the 32 shades of the scale.
std::vector<std::string> cell_colours(const std::string& svg) {
  std::vector<std::string> colours;
  for (const std::string& rectangle : pieces_between(svg, "<rect ", "\"/>")) {
    colours.push_back(rectangle.substr(rectangle.rfind('#') + 1));
  }
  return {colours.begin() + 1, colours.end() - 32};
}

std::string scale_texts(const std::string& svg) {
  return all_between(svg, "<text x=\"784.0\"", "</text>");
}

double lightness(const std::string& hex) {
  const long rgb = std::strtol(hex.c_str(), nullptr, 16);
  return 0.2126 * static_cast<double>(rgb >> 16) + 0.7152 * static_cast<double>(rgb >> 8 & 255) +
         0.0722 * static_cast<double>(rgb & 255);
}

}  // namespace

TEST_CASE("a heat map has a cell for each value, its lightness grows with the value") {
  const std::string svg = heat_map_svg(map_of({{0, 0.25, 0.5}, {0.75, 0.9, 1}}, 0, 1, false));
  check_well_formed(svg);
  const std::vector<std::string> colours = cell_colours(svg);
  REQUIRE(colours.size() == 6);
  for (std::size_t k = 1; k < 6; ++k) CHECK(lightness(colours[k]) > lightness(colours[k - 1]));
  CHECK("#" + colours[0] == colour_at(0));
  CHECK("#" + colours[5] == colour_at(1));
  CHECK(all_between(svg, "<title>", "</title>") == "title");
  for (const char* text : {">subtitle<", ">row axis<", ">column axis<", ">value axis<"})
    CHECK(count_of(svg, text) == 1);
}

TEST_CASE("the cells of a heat map fill its area, row by row") {
  // One letter in front: the cells begin at 48 + 6.2 and end at 730; two rows are 38 high, the most there is.
  const std::string svg = heat_map_svg(map_of({{0, 1}, {1, 0}}, 0, 1, false));
  CHECK(count_of(svg, "<rect x=\"54.2\" y=\"74.0\" width=\"337.9\" height=\"38.0\" fill=\"" + colour_at(0) + "\"/>") ==
        1);
  CHECK(count_of(svg, "<rect x=\"392.1\" y=\"74.0\" width=\"337.9\" height=\"38.0\" fill=\"" + colour_at(1) + "\"/>") ==
        1);
  CHECK(count_of(svg, "<rect x=\"54.2\" y=\"112.0\" width=\"337.9\" height=\"38.0\" fill=\"" + colour_at(1) + "\"/>") ==
        1);
  CHECK(count_of(svg,
                 "<rect x=\"392.1\" y=\"112.0\" width=\"337.9\" height=\"38.0\" fill=\"" + colour_at(0) + "\"/>") == 1);
}

TEST_CASE("on a logarithmic scale equal factors are equal steps") {
  const std::string svg = heat_map_svg(map_of({{1e-8, 1e-6, 1e-4, 1e-2, 1}}, 1e-8, 1, true));
  const std::vector<std::string> colours = cell_colours(svg);
  REQUIRE(colours.size() == 5);
  for (std::size_t k = 0; k < 5; ++k) {
    // A quarter of 32 shades each; the last one is the scale's own.
    CHECK("#" + colours[k] == colour_at(std::min(8.0 * static_cast<double>(k), 31.0) / 31));
  }
  CHECK(scale_texts(svg) ==
        " y=\"278.0\">1e-08 |  y=\"228.0\">1e-06 |  y=\"178.0\">0.0001 |  y=\"128.0\">0.01 |  y=\"78.0\">1");
}

TEST_CASE("on a linear scale the legend has the ends and the quarters") {
  CHECK(scale_texts(heat_map_svg(map_of({{20, 60}}, 20, 60, false))) ==
        " y=\"278.0\">20 |  y=\"228.0\">30 |  y=\"178.0\">40 |  y=\"128.0\">50 |  y=\"78.0\">60");
}

TEST_CASE("what lies outside the scale is drawn as its end: 0 and infinity too") {
  const std::string svg = heat_map_svg(map_of({{0, 1e-3, 1e9}, {1e-9, 1e-3, HUGE_VAL}}, 1e-6, 1, true));
  const std::vector<std::string> colours = cell_colours(svg);
  REQUIRE(colours.size() == 6);
  for (const std::size_t k : {0u, 3u}) CHECK("#" + colours[k] == colour_at(0));
  for (const std::size_t k : {2u, 5u}) CHECK("#" + colours[k] == colour_at(1));
}

TEST_CASE("a cell without a value is empty and crossed out, and the legend says so") {
  const std::string with = heat_map_svg(map_of({{0, none, 1}}, 0, 1, false));
  CHECK(cell_colours(with).size() == 2);
  CHECK(count_of(with, "<path class=\"none\"") == 2);
  CHECK(count_of(with, ">no value</text>") == 1);
  const std::string without = heat_map_svg(map_of({{0, 1}}, 0, 1, false));
  CHECK(count_of(without, "<path class=\"none\"") == 0);
  CHECK(count_of(without, "no value") == 0);
}

TEST_CASE("neighbours of one shade are one rectangle") {
  CHECK(cell_colours(heat_map_svg(map_of({{0, 0, 0, 1, 1, 0}}, 0, 1, false))).size() == 3);
}

TEST_CASE("texts stand in their cells, white on dark and dark on light") {
  HeatMap map = map_of({{0, 1, none}}, 0, 1, false);
  map.texts = {{"a<b", "1", "-"}};
  const std::string svg = heat_map_svg(map);
  check_well_formed(svg);
  CHECK(count_of(svg, "fill=\"#fff\">a&lt;b</text>") == 1);
  CHECK(count_of(svg, "fill=\"#000\">1</text>") == 1);
  CHECK(count_of(svg, "fill=\"#000\">-</text>") == 1);
}

TEST_CASE("where there is no room for all names, evenly many are left out, first and last stay") {
  const std::string svg =
      heat_map_svg(map_of(std::vector<std::vector<double>>(26, std::vector<double>(100, 1)), 0, 1, false));
  CHECK(all_between(svg, "text-anchor=\"middle\">", "</text>") ==
        "value axis | 1 | 25 | 50 | 75 | 100 | column axis | row axis");
  // 40 rows of 360 / 40 = 9 have room for 360 / 13 = 27 names.
  const std::string tall = heat_map_svg(map_of(std::vector<std::vector<double>>(40, {1}), 0, 1, false));
  CHECK(count_of(tall, "text-anchor=\"end\"") == 27);
  CHECK(count_of(svg, "text-anchor=\"end\"") == 26);
}

TEST_CASE("a map of one cell, and names that must be escaped") {
  HeatMap map = map_of({{1}}, 0, 1, false);
  map.title = "1 < 2";
  map.rows = {"a&b"};
  map.columns = {"\"c\""};
  const std::string svg = heat_map_svg(map);
  check_well_formed(svg);
  CHECK(count_of(svg, "1 &lt; 2") == 2);
  CHECK(count_of(svg, ">a&amp;b</text>") == 1);
  CHECK(count_of(svg, ">&quot;c&quot;</text>") == 1);
}

TEST_CASE("evenly_spread takes all or so many, first and last among them") {
  using Chosen = std::vector<std::size_t>;
  CHECK(evenly_spread(3, 5) == Chosen{0, 1, 2});
  CHECK(evenly_spread(5, 5) == Chosen{0, 1, 2, 3, 4});
  CHECK(evenly_spread(100, 4) == Chosen{0, 33, 66, 99});
  CHECK(evenly_spread(7, 1) == Chosen{0});
  CHECK(evenly_spread(0, 5) == Chosen{});
}
