#include "src/report/summary.h"

#include <doctest/doctest.h>

#include "lessons/lesson2/network.h"
#include "lessons/lesson4/network.h"

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

TEST_CASE("network_summary counts the parameters of every layer, and those that no gradient trains") {
  // By hand: fc1 has 4·3 + 3 = 15, bn1 4·3 = 12 of which beta's 3 are trained (gamma is fixed), fc2 has 3·3 + 3 = 12.
  lesson2::BatchNormMlp network({4, 3, 3}, true);
  network.forward(Matrix(20, 4, 0), Mode::prediction);
  CHECK(network_summary(network.outputs(), network.parameters()) ==
        "layer        output shape   parameters   of these\n"
        "fc1          20 × 3                 15   weight 4×3, bias 1×3\n"
        "bn1          20 × 3                 12   gamma 1×3 not trained, beta 1×3, moving_mean 1×3 not trained, "
        "moving_var 1×3 not trained\n"
        "relu1        20 × 3                  0\n"
        "fc2          20 × 3                 12   weight 3×3, bias 1×3\n"
        "softmax      20 × 3                  0\n"
        "39 parameters, 30 trained, 9 not\n");
}

TEST_CASE("network_summary of networks with skips") {
  // By hand: 4·3 + 3, then 3·4 + 4, then (3 + 4)·3 + 3.
  lesson4::DenseMlp dense({4, 3, 4, 3});
  dense.forward(Matrix(7, 4, 0), Mode::prediction);
  const std::string text = network_summary(dense.outputs(), dense.parameters());
  CHECK(text.find("\nfc2          7 × 4                  16   weight 3×4, bias 1×4\n") != std::string::npos);
  CHECK(text.find("\nconcat2      7 × 7                   0\n") != std::string::npos);
  CHECK(text.find("\nfc3          7 × 3                  24   weight 7×3, bias 1×3\n") != std::string::npos);
  CHECK(text.find("\n55 parameters, 55 trained, 0 not\n") != std::string::npos);
}
