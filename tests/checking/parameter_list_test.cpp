#include "src/checking/parameter_list.h"

#include <doctest/doctest.h>

#include <functional>
#include <memory>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "src/checking/numeric_gradient.h"

using namespace handgrad;

namespace {

// A network whose lists are changed.
template <class Lesson>
struct Changed : Lesson {
  using Lesson::Lesson;
  std::function<void(std::vector<Parameter>&)> change = [](std::vector<Parameter>&) {};
  std::function<void(std::vector<Output>&)> change_outputs = [](std::vector<Output>&) {};
  std::vector<Output> outputs() const override {
    std::vector<Output> all = Lesson::outputs();
    change_outputs(all);
    return all;
  }
  std::vector<Parameter> parameters() override {
    std::vector<Parameter> all = Lesson::parameters();
    change(all);
    return all;
  }
};

template <class Net>
std::string fault_of(Net& network, const std::function<void(std::vector<Parameter>&)>& change,
                     const std::vector<std::string>& fixed = {}) {
  std::uint32_t seed = 0;
  network.change = [](std::vector<Parameter>&) {};
  for (const Parameter& p : network.parameters()) *p.value = random_matrix(p.value->rows, p.value->cols, ++seed);
  const Matrix x = random_matrix(5, 4, 99);
  network.forward(x, Mode::training);
  network.change = change;
  std::string fault = fault_of_arrays(network.parameters());
  if (fault.empty()) fault = fault_of_names(network);
  return fault.empty() ? fault_of_parameters(network, x, fixed) : fault;
}

std::string fault_of_changed_outputs(const std::function<void(std::vector<Output>&)>& change) {
  const auto made = std::make_unique<Changed<lesson2::BatchNormMlp>>(std::vector<int>{4, 5, 5, 3}, false);
  Changed<lesson2::BatchNormMlp>& network = *made;
  std::uint32_t seed = 0;
  for (const Parameter& p : network.parameters()) *p.value = random_matrix(p.value->rows, p.value->cols, ++seed);
  network.change_outputs = change;
  const std::string fault = fault_of_arrays(network.outputs());
  return fault.empty() ? fault_of_outputs(network, random_matrix(5, 4, 99)) : fault;
}

// Networks that do another thing in the one mode or the other.
struct ScalesPredictions : lesson1::Mlp {
  using Mlp::Mlp;
  Matrix half;
  const Matrix& forward(const Matrix& x, Mode mode) override {
    half = Mlp::forward(x, mode);
    for (Real& value : half.values) value *= mode == Mode::prediction ? Real(0.5) : 1;
    return half;
  }
};
struct AlwaysTrains : lesson2::BatchNormMlp {
  using BatchNormMlp::BatchNormMlp;
  const Matrix& forward(const Matrix& x, Mode) override { return BatchNormMlp::forward(x, Mode::training); }
};
struct NeverMoves : lesson2::BatchNormMlp {
  using BatchNormMlp::BatchNormMlp;
  const Matrix& forward(const Matrix& x, Mode mode) override {
    const std::vector<Matrix> kept_mean = moving_mean, kept_var = moving_var;
    const Matrix& computed = BatchNormMlp::forward(x, mode);
    moving_mean = kept_mean;
    moving_var = kept_var;
    return computed;
  }
};

std::string fault_of_modes(Network&& network) {
  std::uint32_t seed = 0;
  for (const Parameter& p : network.parameters()) {
    *p.value = random_matrix(p.value->rows, p.value->cols, ++seed);
    if (p.name.find("moving_var") != std::string::npos) p.value->fill(1);
  }
  return fault_of_prediction(network, random_matrix(5, 4, 99));
}

}  // namespace

TEST_CASE("the list of parameters: every fault has its words") {
  Changed<lesson1::Mlp> mlp(std::vector<int>{4, 5, 5, 5, 3});
  using All = std::vector<Parameter>;
  CHECK(fault_of(mlp, [](All&) {}) == "");
  CHECK(fault_of(mlp, [](All& all) { all.erase(all.begin() + 3); }) == "fc2_bias is not listed");
  CHECK(fault_of(mlp, [](All& all) { all.push_back(all[1]); }) == "fc1_bias is listed twice");
  CHECK(fault_of(mlp, [](All& all) { all[4].value = all[2].value; }) ==
        "fc3_weight is an array that is listed already, under another name");
  CHECK(fault_of(mlp, [](All& all) { all[4].grad = all[2].grad; }) == "the gradient of fc3_weight is listed twice");
  CHECK(fault_of(mlp, [](All& all) { std::swap(all[2].value, all[4].value); }) ==
        "the array listed as fc2_weight is another: it first changes fc3_out");
  CHECK(fault_of(mlp, [](All& all) { all[1].grad = nullptr; }) ==
        "fc1_bias is listed without its gradient, so it is never trained");
  CHECK(fault_of(mlp, [](All& all) { std::swap(all[0], all[2]); }) ==
        "fc1_bias comes after the arrays of a later layer");
  CHECK(fault_of(mlp, [](All& all) { all[0].value = nullptr; }) == "fc1_weight is listed without its array");
  static Matrix elsewhere(4, 5);
  CHECK(fault_of(mlp, [](All& all) { all[0].value = &elsewhere; }) ==
        "the array that is listed as fc1_weight is none of the network's");
}

TEST_CASE("the outputs of a network: each is what its layer computes from the one before") {
  using All = std::vector<Output>;
  CHECK(fault_of_changed_outputs([](All&) {}) == "");
  CHECK(fault_of_changed_outputs([](All& all) { all.clear(); }) == "there are none");
  CHECK(fault_of_changed_outputs([](All& all) { all[1].value = nullptr; }) == "bn1_out is listed without its array");
  CHECK(fault_of_changed_outputs([](All& all) { all[1].value = all[0].value; }) ==
        "bn1_out is not what the layer computes from the output before it");
  CHECK(fault_of_changed_outputs([](All& all) { all[2].value = all[1].value; }) ==
        "fc2_out is not what the layer computes from the output before it");
  CHECK(fault_of_changed_outputs([](All& all) { all.pop_back(); }) ==
        "the last is fc3_out, which is not what forward returns");
}

TEST_CASE("the modes of a network: moving statistics move in training and count in prediction, and nothing else") {
  CHECK(fault_of_modes(lesson1::Mlp({4, 5, 3})) == "");
  CHECK(fault_of_modes(lesson2::BatchNormMlp({4, 5, 5, 3}, false)) == "");
  CHECK(fault_of_modes(ScalesPredictions({4, 5, 3})) == "it predicts other numbers than those that it is trained with");
  CHECK(fault_of_modes(AlwaysTrains({4, 5, 3}, false)) == "in prediction mode it changes bn1_moving_mean");
  CHECK(fault_of_modes(NeverMoves({4, 5, 3}, false)) == "in training mode it does not move bn1_moving_mean");
}

TEST_CASE(
    "the list of parameters of batch norm: gamma has a gradient unless it is fixed, moving statistics have none") {
  using All = std::vector<Parameter>;
  Changed<lesson2::BatchNormMlp> learned(std::vector<int>{4, 5, 3}, false), fixed(std::vector<int>{4, 5, 3}, true);
  CHECK(fault_of(learned, [](All&) {}) == "");
  CHECK(fault_of(fixed, [](All&) {}, {"gamma"}) == "");
  CHECK(fault_of(fixed, [](All&) {}) == "bn1_gamma is listed without its gradient, so it is never trained");
  CHECK(fault_of(learned, [](All&) {}, {"gamma"}) == "bn1_gamma is not trained, but is listed with a gradient");
}
