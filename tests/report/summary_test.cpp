#include "src/report/summary.h"

#include <doctest/doctest.h>

using namespace handgrad;

namespace {

// The shape of a network with these sizes, each layer with a bias, and with batch norm's parameters between.
std::string shape_of(const std::vector<int>& widths) {
  std::vector<Matrix> weights;
  for (std::size_t i = 1; i < widths.size(); ++i) weights.emplace_back(widths[i - 1], widths[i]);
  Matrix other(1, 99);
  std::vector<Parameter> parameters;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    parameters.push_back({"fc" + number + "_weight", &weights[i]});
    parameters.push_back({"fc" + number + "_bias", &other});
    parameters.push_back({"bn" + number + "_gamma", &other});
  }
  return network_shape(parameters);
}

}  // namespace

TEST_CASE("network_shape draws equal hidden layers together") {
  CHECK(shape_of({4, 10, 10, 10, 3}) == "4-(10×3)-3");
  CHECK(shape_of({4, 10, 10, 10, 10, 10, 10, 10, 3}) == "4-(10×7)-3");
  CHECK(shape_of({4, 10, 10, 5, 7, 7, 7, 3}) == "4-(10×2)-5-(7×3)-3");
}

TEST_CASE("network_shape writes single hidden layers as they are") {
  CHECK(shape_of({4, 3}) == "4-3");
  CHECK(shape_of({4, 10, 3}) == "4-10-3");
  CHECK(shape_of({4, 3, 4, 5, 6, 7, 8, 3}) == "4-3-4-5-6-7-8-3");
}

TEST_CASE("network_shape keeps inputs and outputs apart from hidden layers of the same size") {
  CHECK(shape_of({4, 4, 4, 3}) == "4-(4×2)-3");
  CHECK(shape_of({4, 3, 3, 3}) == "4-(3×2)-3");
}

TEST_CASE("optimizer_text names the optimizer and its settings") {
  CHECK(optimizer_text(lecture_adam()) == "adam lr 0.001");
  CHECK(optimizer_text(lecture_sgd()) == "sgd lr 0.05 momentum 0.9");
  OptimizerSettings sgd = lecture_sgd();
  sgd.lr = 1e-7;
  sgd.momentum = 0;
  CHECK(optimizer_text(sgd) == "sgd lr 1e-07 momentum 0");
}
