#include "src/report/gradient_bars.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>

#include "src/io/text.h"

using namespace handgrad;

namespace {

// Layers fc1, fc2, … whose gradient is 10^-k in layer k, and whose values are ±10^-k.
std::vector<std::string> bars_of(std::size_t layers) {
  std::vector<Matrix> weights(layers, Matrix(2, 2)), grads(layers, Matrix(2, 2)), values(layers, Matrix(2, 1));
  std::vector<Parameter> parameters;
  std::vector<Output> named;
  for (std::size_t k = 0; k < layers; ++k) {
    const Real size = std::pow(Real(10), -static_cast<Real>(k + 1));
    grads[k].fill(k % 2 == 0 ? size : -size);
    values[k](0, 0) = size;
    values[k](1, 0) = -size;
    const std::string fc = "fc" + std::to_string(k + 1);
    parameters.push_back({fc + "_weight", &weights[k], &grads[k]});
    parameters.push_back({fc + "_bias", &weights[k], &grads[k]});
    named.push_back({fc + "_out", &weights[k]});
    named.push_back({"relu" + std::to_string(k + 1) + "_out", &values[k]});
  }
  return split(gradient_bars(named, parameters), '\n');
}

}  // namespace

TEST_CASE("gradient_bars: a line a layer, two marks a decade from 1e-15 to 1") {
  const std::vector<std::string> lines = bars_of(3);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == "        log10 mean |grad|                     log10 standard deviation of its values");
  CHECK(lines[1] == "fc1      -1.0 " + std::string(28, '#') + "    -1.0 " + std::string(28, '#'));
  CHECK(lines[2] == "fc2      -2.0 " + std::string(26, '#') + "      -2.0 " + std::string(26, '#'));
  CHECK(lines[3] == "fc3      -3.0 " + std::string(24, '#') + "        -3.0 " + std::string(24, '#'));
  CHECK(lines[4] == "");
}

TEST_CASE("gradient_bars: 0 has no bar and no logarithm, what is below the scale no bar, what is above a full one") {
  Matrix weight(1, 1), grad(1, 1), value(2, 1);
  const auto line = [&](Real g, Real v) {
    grad.fill(g);
    value(0, 0) = v;
    value(1, 0) = -v;
    return split(gradient_bars({{"fc1_out", &value}}, {{"fc1_weight", &weight, &grad}}), '\n')[1];
  };
  CHECK(line(0, 0) == "fc1         0" + std::string(34, ' ') + "  0");
  CHECK(line(Real(1e-20), 100) == "fc1     -20.0" + std::string(31, ' ') + "   2.0 " + std::string(30, '#'));
}

TEST_CASE("gradient_bars: a layer of another kind has its line, a weight without an output one clear message") {
  Matrix weight(1, 1), grad(1, 1, 1), value{{1}, {-1}}, o(1, 1);
  const std::vector<Output> outputs{{"embed1_out", &value}, {"fc2_out", &o}, {"softmax_out", &o}};
  const std::vector<Parameter> parameters{{"embed1_weight", &weight, &grad}, {"fc2_weight", &weight, &grad}};
  CHECK(split(gradient_bars(outputs, parameters), '\n')[1] ==
        "embed1    0.0 " + std::string(30, '#') + "   0.0 " + std::string(30, '#'));
  CHECK_THROWS_WITH(gradient_bars(outputs, {{"fc7_weight", &weight, &grad}, {"fc2_weight", &weight, &grad}}),
                    "gradient_bars: no output has the number of fc7_weight");
}

TEST_CASE("gradient_bars: of many layers 26, first and last among them") {
  CHECK(bars_of(26).size() == 1 + 26 + 1);
  const std::vector<std::string> lines = bars_of(30);
  REQUIRE(lines.size() == 1 + 26 + 1);
  CHECK(lines[1].find("fc1 ") == 0);
  CHECK(lines[26].find("fc30 ") == 0);
}
