#include "src/report/picture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace handgrad;

namespace {

// The relative luminance of #rrggbb, by WCAG 2.
double luminance_of(const std::string& colour) {
  const long rgb = std::strtol(colour.c_str() + 1, nullptr, 16);
  const auto part = [](long value) {
    const double share = static_cast<double>(value) / 255;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(rgb >> 16) + 0.7152 * part(rgb >> 8 & 255) + 0.0722 * part(rgb & 255);
}

double contrast(double one, double other) {
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

}  // namespace

TEST_CASE("every line has 3:1 against white, and every text in a heat map 4.5:1 against its cell") {
  for (int k = 0; k <= 1000; ++k) {
    const double share = k / 1000.0;
    CAPTURE(share);
    CHECK(contrast(luminance_of(line_colour_at(share)), 1) >= 3);
    CHECK(contrast(luminance_of(colour_at(share)), is_light(share) ? 0 : 1) >= 4.5);
  }
}

TEST_CASE("of few values all are shown, of many the extremes of equal pieces, the first and the last") {
  CHECK(shown_of({}).empty());
  CHECK(shown_of({5, 7, 6}) == std::vector<std::size_t>{0, 1, 2});
  CHECK(shown_of(std::vector<double>(666, 1)).size() == 666);
  std::vector<double> values(100000);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = std::sin(0.7 * static_cast<double>(k));
  values[77777] = 5;
  values[12345] = -5;
  const std::vector<std::size_t> shown = shown_of(values);
  CHECK(shown.size() <= 2 * 333 + 2);
  CHECK(shown.front() == 0);
  CHECK(shown.back() == 99999);
  CHECK(std::is_sorted(shown.begin(), shown.end()));
  CHECK(std::adjacent_find(shown.begin(), shown.end()) == shown.end());
  CHECK(std::count(shown.begin(), shown.end(), 77777u) == 1);
  CHECK(std::count(shown.begin(), shown.end(), 12345u) == 1);
  // Equal values: a curve from the first to the last.
  const std::vector<std::size_t> level = shown_of(std::vector<double>(1000, 1));
  CHECK(level.front() == 0);
  CHECK(level.back() == 999);
}
