#include "src/report/network_diagram.h"

#include <doctest/doctest.h>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

std::string diagram_of(Network& network) {
  const Matrix x(20, 4, 1);
  network.forward(x, Mode::prediction);
  const std::string svg = network_diagram_svg(x, network.outputs(), network.parameters(), "title", "subtitle");
  check_well_formed(svg);
  return svg;
}

std::string middle_texts(const std::string& svg) {
  return all_between(svg, "text-anchor=\"middle\">", "</text>");
}

std::string start_texts(const std::string& svg) {
  return all_between(svg, "text-anchor=\"start\">", "</text>");
}

}  // namespace

TEST_CASE("the diagram of a plain network: boxes with their parameters, the shape on every arrow") {
  lesson1::Mlp network({4, 10, 5, 3});
  const std::string svg = diagram_of(network);
  CHECK(
      middle_texts(svg) ==
      "x | fc1 | 4×10, 1×10 | 20×10 | relu1 | fc2 | 10×5, 1×5 | 20×5 | relu2 | fc3 | 5×3, 1×3 | 20×3 | softmax | 20×3");
  CHECK(start_texts(svg) == "20×4 | 20×10 | 20×5");
  CHECK(count_of(svg, "<polygon ") == 7);
}

TEST_CASE("batch norm has a box of its own, with what it trains") {
  lesson2::BatchNormMlp network({4, 10, 3}, true);
  CHECK(middle_texts(diagram_of(network)) ==
        "x | fc1 | 4×10, 1×10 | 20×10 | bn1 | 1×10 | 20×10 | relu1 | fc2 | 10×3, 1×3 | 20×3 | softmax | 20×3");
}

TEST_CASE("a sum and a concatenation are reached past the layer too") {
  // Two layers that skip: their arrows down have a second head each, and the shape stands there as well.
  lesson3::ResidualMlp residual({4, 3, 3, 3, 3});
  const std::string sums = diagram_of(residual);
  CHECK(start_texts(sums) == "20×4 | 20×3 | 20×3 | 20×3 | 20×3 | 20×3");
  CHECK(count_of(sums, "<polygon ") == 4 + 2 + 6 + 1);  // down, past a layer, within a row, out

  lesson4::DenseMlp dense({4, 3, 4, 5, 3});
  const std::string joins = diagram_of(dense);
  CHECK(start_texts(joins) == "20×4 | 20×3 | 20×3 | 20×7 | 20×7 | 20×12");
  CHECK(middle_texts(joins).find("concat2 | fc3 | 7×5, 1×5 | 20×5 | relu3 | 20×5 | concat3") != std::string::npos);
}

TEST_CASE("of more than 8 layers the first three and the last two are drawn") {
  const auto boxes = [](int layers) {
    std::vector<int> widths(static_cast<std::size_t>(layers) + 1, 10);
    widths.front() = 4;
    widths.back() = 3;
    lesson1::Mlp network(widths);
    const std::string svg = diagram_of(network);
    return joined(pieces_between(svg, ">fc", "</text>"), " ") + " " + all_between(svg, ">… ", " …</text>");
  };
  CHECK(boxes(8) == "1 2 3 4 5 6 7 8 ");
  CHECK(boxes(9) == "1 2 3 8 9 4 more layers, fc4 to fc7");
  CHECK(boxes(1000) == "1 2 3 999 1000 995 more layers, fc4 to fc998");
}

TEST_CASE("in place of the layers that are left out the lines are broken, whether or not they skip") {
  lesson1::Mlp plain({4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3});
  lesson3::ResidualMlp residual({4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3});
  // Into the text from the last column above it, and out of it into the first column or the one that joins. The first
  // column's middle is at 122, 192 from one to the next; the text's row begins at 74 + 4·76 = 378.
  const std::string broken = "<path class=\"arrow\" stroke=\"#555\" stroke-dasharray=\"4 4\" d=\"";
  CHECK(all_between(diagram_of(plain), broken, "\"") == "M314.0 338.0V378.0 | M122.0 414.0V437.0");
  CHECK(all_between(diagram_of(residual), broken, "\"") == "M506.0 338.0V378.0 | M506.0 414.0V437.0");
}
