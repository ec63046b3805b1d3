#include "src/report/loss_plot.h"

#include <doctest/doctest.h>

#include "tests/report/markup.h"

using namespace handgrad;

namespace {

std::string svg_of(const std::vector<double>& loss) {
  const std::string svg = loss_plot_svg({{}, loss, {}}, "title", "subtitle");
  check_well_formed(svg);
  return svg;
}

std::string numbers_beside(const std::string& svg) {
  return all_between(svg, "text-anchor=\"end\">", "</text>");
}

}  // namespace

TEST_CASE("the loss is drawn on an axis from 0, its last value beside it") {
  // From 0 (300 down) to 0.4 (74 down): 0.2 is halfway.
  const std::string svg = svg_of({0.4, 0.2, 0});
  CHECK(points_of(svg) == "64.0,74.0 392.0,187.0 720.0,300.0 ");
  CHECK(numbers_beside(svg) == "0 | 0.1 | 0.2 | 0.3 | 0.4");
  CHECK(count_of(svg, "<text x=\"728.0\" y=\"304.0\">0</text>") == 1);
}

TEST_CASE("the loss axis has four steps of 1, 2 or 5 times a power of ten") {
  CHECK(numbers_beside(svg_of({0.366, 0.1})) == "0 | 0.1 | 0.2 | 0.3 | 0.4");
  CHECK(numbers_beside(svg_of({0.41})) == "0 | 0.2 | 0.4 | 0.6 | 0.8");
  CHECK(numbers_beside(svg_of({5, 17})) == "0 | 5 | 10 | 15 | 20");
  CHECK(numbers_beside(svg_of({21})) == "0 | 10 | 20 | 30 | 40");
}

TEST_CASE("a single epoch is a level line, and a loss of 0 has an axis") {
  CHECK(points_of(svg_of({0.2})) == "64.0,74.0 720.0,74.0");
  CHECK(points_of(svg_of({0, 0})) == "64.0,300.0 720.0,300.0 ");
}

TEST_CASE("an earlier run's loss is drawn dashed behind the new one, on one axis") {
  const History before{{}, {0.8, 0.4, 0.2}, {}};
  const std::string svg = loss_plot_svg({{}, {0.4, 0}, {}}, "title", "subtitle", &before);
  check_well_formed(svg);
  CHECK(points_of(svg) == "64.0,74.0 392.0,187.0 720.0,243.5  | 64.0,187.0 392.0,300.0 ");
  CHECK(svg.find("stroke-dasharray=\"4 4\"") < svg.rfind("<polyline"));
  CHECK(count_of(svg, "; dashed: the earlier run") == 1);
}
