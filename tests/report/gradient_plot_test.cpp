#include "src/report/gradient_plot.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "src/report/picture.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

// A history whose row `epoch` holds the gradients of that epoch, one for each layer.
History history_of(const std::vector<std::vector<double>>& grads) {
  History history{{}, std::vector<double>(grads.size(), 1), grads};
  for (std::size_t k = 1; k <= grads[0].size(); ++k) history.weights.push_back("fc" + std::to_string(k) + "_weight");
  return history;
}

// Two epochs of so many layers, all with the same gradients.
History equal_layers(std::size_t layers, double grad) {
  return history_of({std::vector<double>(layers, grad), std::vector<double>(layers, grad)});
}

std::string svg_of(const History& history) {
  const std::string svg = gradient_plot_svg(history, "title", "subtitle");
  check_well_formed(svg);
  CHECK(count_of(svg, "nan") == 0);
  CHECK(count_of(svg, "inf") == 0);
  return svg;
}

// The labels at the right edge: their text and how far down they stand.
struct Label {
  std::string text;
  double y;
};

std::vector<Label> labels_of(const std::string& svg) {
  std::vector<Label> labels;
  for (const std::string& label : pieces_between(svg, "<text x=\"762.0\" y=\"", "</text>")) {
    labels.push_back({label.substr(label.find('>') + 1), std::atof(label.c_str())});
  }
  return labels;
}

// The 7 of fc7_weight.
int layer_number(const Label& label) {
  return std::atoi(label.text.c_str() + 2);
}

std::string label_texts(const std::string& svg) {
  std::string texts;
  for (const Label& label : labels_of(svg)) texts += (texts.empty() ? "" : " | ") + label.text;
  return texts;
}

// Every label between top and bottom of the axis (its baseline lies 4 below its middle), none over another.
void check_labels_apart(const std::string& svg) {
  std::vector<double> heights;
  for (const Label& label : labels_of(svg)) heights.push_back(label.y);
  std::sort(heights.begin(), heights.end());
  CHECK(heights.front() >= 74 + 4);
  CHECK(heights.back() <= 468 + 4);
  for (std::size_t k = 1; k < heights.size(); ++k) CHECK(heights[k] - heights[k - 1] >= 14);
}

std::string decades_of(const std::string& svg) {
  return all_between(svg, "font-size=\"9\">", "</tspan>");
}

std::string epoch_ticks_of(const std::string& svg) {
  return all_between(svg, "y=\"486.0\" text-anchor=\"middle\">", "</text>");
}

const std::string floor_note = "values below 1e-8 are drawn at 1e-8";

}  // namespace

TEST_CASE("a gradient stands where its logarithm belongs, an epoch at its share of the width") {
  // The axis runs from 1e-6 (468 down) to 1e-2 (74 down): 1e-4 is halfway, 1e-5 and 1e-3 a quarter from the ends.
  const std::string svg = svg_of(history_of({{1e-6, 1e-3}, {1e-4, 1e-5}, {1e-2, 1e-4}}));
  CHECK(decades_of(svg) == "-6 | -5 | -4 | -3 | -2");
  CHECK(points_of(svg) == "64.0,468.0 392.0,271.0 720.0,74.0 | 64.0,172.5 392.0,369.5 720.0,271.0");
  CHECK(count_of(svg, floor_note) == 0);
}

TEST_CASE("the axis runs over whole decades") {
  CHECK(decades_of(svg_of(history_of({{2e-5, 3e-4}}))) == "-5 | -4 | -3");
  CHECK(decades_of(svg_of(history_of({{1e-3}}))) == "-3 | -2");
  CHECK(decades_of(svg_of(history_of({{0.5}, {50}}))) == "-1 | 0 | 1 | 2");
}

TEST_CASE("gradients above 1 are drawn as well") {
  const std::string svg = svg_of(history_of({{1}, {10}, {100}}));
  CHECK(points_of(svg) == "64.0,468.0 392.0,271.0 720.0,74.0");
}

TEST_CASE("every layer has a line and its name, in the layers' order") {
  const std::string svg = svg_of(history_of({{1e-7, 1e-5, 1e-3}, {1e-6, 1e-4, 1e-2}}));
  CHECK(count_of(svg, "<polyline ") == 3);
  CHECK(label_texts(svg) == "fc1_weight | fc2_weight | fc3_weight");
}

TEST_CASE("labels with room stand at the ends of their lines") {
  const std::string svg = svg_of(history_of({{1e-6, 1e-4, 1e-2}}));
  const std::vector<Label> labels = labels_of(svg);
  REQUIRE(labels.size() == 3);
  CHECK(labels[0].y == 468 + 4);
  CHECK(labels[1].y == 271 + 4);
  CHECK(labels[2].y == 74 + 4);
}

TEST_CASE("labels never cover another, nor leave the axis: lines that end together, at the bottom, at the top") {
  check_labels_apart(svg_of(equal_layers(8, 1e-4)));
  check_labels_apart(svg_of(equal_layers(26, 0)));
  std::vector<double> all_high(26, 1e-2);
  all_high[25] = 1e-6;
  check_labels_apart(svg_of(history_of({all_high})));
  std::vector<double> close_by(26);
  for (std::size_t k = 0; k < 26; ++k) close_by[k] = 1e-5 * (1 + 0.01 * static_cast<double>(k));
  close_by[25] = 1e-3;
  check_labels_apart(svg_of(history_of({close_by})));
}

TEST_CASE("labels that had to move keep the order of the lines") {
  const std::vector<Label> labels = labels_of(svg_of(history_of({{1.3e-5, 1.1e-5, 1.2e-5, 1e-5}})));
  REQUIRE(labels.size() == 4);
  CHECK(labels[0].y < labels[2].y);
  CHECK(labels[2].y < labels[1].y);
  CHECK(labels[1].y < labels[3].y);
}

TEST_CASE("no two lines look alike, and from first to last layer they become lighter") {
  const std::string svg = svg_of(equal_layers(26, 1e-4));
  const std::vector<std::string> looks = pieces_between(svg, "<polyline stroke=\"", "\" points");
  CHECK(looks.size() == 26);
  CHECK(std::set<std::string>(looks.begin(), looks.end()).size() == 26);

  // Neighbours, whose colours are close, differ in their dashes too.
  for (std::size_t k = 1; k < looks.size(); ++k) CHECK(looks[k].substr(7) != looks[k - 1].substr(7));

  double before = -1;
  for (const std::string& look : looks) {
    CAPTURE(look);
    const long rgb = std::strtol(look.substr(1, 6).c_str(), nullptr, 16);
    const double lightness = 0.2126 * static_cast<double>(rgb >> 16) + 0.7152 * static_cast<double>(rgb >> 8 & 255) +
                             0.0722 * static_cast<double>(rgb & 255);
    CHECK(lightness > before);
    before = lightness;
  }
}

TEST_CASE("values below 1e-8 are drawn at 1e-8, and the plot says so") {
  const std::string svg = svg_of(history_of({{1e-15, 1e-4}, {1e-8, 1e-5}, {0, 1e-6}}));
  CHECK(decades_of(svg) == "-8 | -7 | -6 | -5 | -4");
  CHECK(points_of(svg) == "64.0,468.0 392.0,468.0 720.0,468.0 | 64.0,74.0 392.0,172.5 720.0,271.0");
  CHECK(count_of(svg, floor_note) == 1);
}

TEST_CASE("a line that ends below 1e-8 says how far below") {
  CHECK(label_texts(svg_of(history_of({{1e-4, 1e-4, 1e-4}, {1.8e-12, 0, 1e-8}}))) ==
        "fc1_weight <tspan font-size=\"10\">2e-12</tspan> | fc2_weight <tspan font-size=\"10\">0e+00</tspan> | "
        "fc3_weight");
}

TEST_CASE("the legend for narrow windows has the lines' names and colours") {
  const std::string html = gradient_legend_html(history_of({{1, 1}}));
  check_well_formed(html);
  CHECK(html ==
        "<p class=\"legend\"><span><span style=\"color:#1e145a\">━━</span> fc1_weight</span> <span><span "
        "style=\"color:" +
            line_colour_at(1) + "\">╍╍</span> fc2_weight</span> </p>\n");
}

TEST_CASE("a plot whose lowest value is 1e-8 itself does not speak of values below") {
  CHECK(count_of(svg_of(history_of({{1e-8, 1e-4}})), floor_note) == 0);
}

TEST_CASE("gradients all zero lie on the floor") {
  const std::string svg = svg_of(equal_layers(4, 0));
  for (const std::string& points : pieces_between(svg, " points=\"", "\"/>")) CHECK(points == "64.0,468.0 720.0,468.0");
  CHECK(decades_of(svg) == "-8 | -7");
  CHECK(count_of(svg, floor_note) == 1);
}

TEST_CASE("26 layers are all drawn; of 30, and of 1000, 12, evenly spread, first and last among them") {
  CHECK(labels_of(svg_of(equal_layers(26, 1e-4))).size() == 26);

  const std::string svg = svg_of(equal_layers(30, 1e-4));
  CHECK(count_of(svg, "<polyline ") == 12);
  CHECK(count_of(svg, "subtitle; 12 of 30 layers drawn<") == 1);
  CHECK(count_of(svg_of(equal_layers(26, 1e-4)), "layers drawn") == 0);
  check_labels_apart(svg);

  for (const int layers : {27, 30, 1000}) {
    CAPTURE(layers);
    const std::vector<Label> labels = labels_of(svg_of(equal_layers(static_cast<std::size_t>(layers), 1e-4)));
    REQUIRE(labels.size() == 12);
    CHECK(labels.front().text == "fc1_weight");
    CHECK(labels.back().text == "fc" + std::to_string(layers) + "_weight");
    for (std::size_t k = 1; k < labels.size(); ++k) {
      const int gap = layer_number(labels[k]) - layer_number(labels[k - 1]);
      CHECK(gap >= (layers - 1) / 11);
      CHECK(gap <= (layers - 1) / 11 + 1);
    }
  }
}

TEST_CASE("of 30 layers each drawn line is the one that its label names") {
  std::vector<double> grads(30);
  for (std::size_t k = 0; k < 30; ++k) grads[k] = std::pow(10, -1 - 0.2 * static_cast<double>(k));
  const std::string svg = svg_of(history_of({grads, grads}));
  const std::vector<Label> labels = labels_of(svg);
  const std::vector<std::string> points = pieces_between(svg, " points=\"", "\"/>");
  REQUIRE(labels.size() == points.size());
  for (std::size_t k = 0; k < labels.size(); ++k) {
    CAPTURE(labels[k].text);
    // The axis runs from 1e-7 to 1e-1, and layer n has 10^(-0.8 - 0.2 n).
    const double y = 74 + 394 * 0.2 * (layer_number(labels[k]) - 1) / 6;
    CHECK(std::atof(points[k].substr(5).c_str()) == doctest::Approx(y).epsilon(1e-3));
  }
}

TEST_CASE("a single epoch is drawn so that it can be seen, as a level line") {
  // A line through one point would draw nothing.
  const std::string svg = svg_of(history_of({{1e-6, 1e-4, 1e-2}}));
  CHECK(points_of(svg) == "64.0,468.0 720.0,468.0 | 64.0,271.0 720.0,271.0 | 64.0,74.0 720.0,74.0");
  CHECK(epoch_ticks_of(svg) == "1");
}

TEST_CASE("a single layer is drawn") {
  const std::string svg = svg_of(history_of({{1e-4}, {1e-3}}));
  CHECK(points_of(svg) == "64.0,468.0 720.0,74.0");
  CHECK(label_texts(svg) == "fc1_weight");
}

TEST_CASE("the epochs below the axis: first, last and quarters between, each once") {
  const auto ticks = [](std::size_t epochs) {
    return epoch_ticks_of(svg_of(history_of(std::vector<std::vector<double>>(epochs, {1e-4}))));
  };
  CHECK(ticks(100) == "1 | 25 | 50 | 75 | 100");
  CHECK(ticks(5) == "1 | 2 | 3 | 4 | 5");
  CHECK(ticks(3) == "1 | 2 | 3");
  CHECK(ticks(2) == "1 | 2");
}

TEST_CASE("title, subtitle and names are escaped") {
  History history = equal_layers(1, 1e-4);
  history.weights[0] = "a<b";
  const std::string svg = gradient_plot_svg(history, "1 < 2 & \"so on\"", "<sub>");
  check_well_formed(svg);
  CHECK(count_of(svg, "<title>1 &lt; 2 &amp; &quot;so on&quot;</title>") == 1);
  CHECK(count_of(svg, ">1 &lt; 2 &amp; &quot;so on&quot;</text>") == 1);
  CHECK(count_of(svg, ">&lt;sub&gt;</text>") == 1);
  CHECK(label_texts(svg) == "a&lt;b");
}

TEST_CASE("the plot is an SVG file of its own") {
  const std::string svg = svg_of(equal_layers(2, 1e-4));
  CHECK(svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 520\"") == 0);
  CHECK(svg.substr(svg.size() - 7) == "</svg>\n");
  CHECK(count_of(svg, ">subtitle</text>") == 1);
  CHECK(count_of(svg, ">epoch</text>") == 1);
  CHECK(count_of(svg, ">mean |gradient|</text>") == 1);
}

TEST_CASE("the gradients as a heat map: layer × epoch, on one scale for all networks") {
  const HeatMap map = gradient_heat_map(history_of({{1e-6, 1e-3}, {1e-4, 0}, {1e-2, 2}}), "title", "subtitle");
  CHECK(map.rows == std::vector<std::string>{"fc1", "fc2"});
  CHECK(map.columns == std::vector<std::string>{"1", "2", "3"});
  CHECK(map.values == std::vector<std::vector<double>>{{1e-6, 1e-4, 1e-2}, {1e-3, 0, 2}});
  CHECK(map.lowest == 1e-12);
  CHECK(map.highest == 1);
  CHECK(map.logarithmic);
  CHECK(map.subtitle == "subtitle; one scale for all networks");
}

TEST_CASE("the heat map shows 26 of 1000 layers and 200 of 999 epochs, first and last among them") {
  History history = history_of(std::vector<std::vector<double>>(999, std::vector<double>(1000, 1e-4)));
  history.mean_abs_grad[0][0] = 1e-3;
  history.mean_abs_grad[998][999] = 1e-5;
  const HeatMap map = gradient_heat_map(history, "title", "subtitle");
  CHECK(map.rows.size() == 26);
  CHECK(map.rows.front() == "fc1");
  CHECK(map.rows.back() == "fc1000");
  CHECK(map.columns.size() == 200);
  CHECK(map.columns.front() == "1");
  CHECK(map.columns.back() == "999");
  CHECK(map.values[0][0] == 1e-3);
  CHECK(map.values[25][199] == 1e-5);
  CHECK(map.subtitle == "subtitle; one scale for all networks; 26 of 1000 layers");
}

TEST_CASE("an earlier run is drawn dashed behind the new one: the layer's colour, one axis, and no other dashes") {
  const History before = history_of({{1e-2, 1e-4}, {1e-2, 1e-4}, {1e-2, 1e-4}}),
                now = history_of({{1, 1e-1}, {1, 1e-1}});
  const std::string svg = gradient_plot_svg(now, "title", "subtitle", &before);
  check_well_formed(svg);
  CHECK(count_of(svg, "; dashed: the earlier run") == 1);
  // From 1 (74 down) to 1e-4 (468 down); the new run ends at epoch 2 of 3.
  CHECK(points_of(svg) ==
        "64.0,271.0 392.0,271.0 720.0,271.0 | 64.0,468.0 392.0,468.0 720.0,468.0 | 64.0,74.0 392.0,74.0 | "
        "64.0,172.5 392.0,172.5");
  const std::vector<std::string> styles = pieces_between(svg, "<polyline stroke=\"", "\" points");
  REQUIRE(styles.size() == 4);
  CHECK(styles[0] == colour_at(0) + "\" stroke-dasharray=\"4 4\" style=\"stroke-width:1.3");
  CHECK(styles[1] == line_colour_at(1) + "\" stroke-dasharray=\"4 4\" style=\"stroke-width:1.3");
  CHECK(styles[2] == colour_at(0) + "\" stroke-dasharray=\"none");
  CHECK(styles[3] == line_colour_at(1) + "\" stroke-dasharray=\"none");
}
