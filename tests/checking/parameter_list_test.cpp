#include "src/checking/parameter_list.h"

#include <doctest/doctest.h>

#include <functional>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "src/checking/numeric_gradient.h"

using namespace handgrad;

namespace {

// A network whose list is changed.
template <class Lesson>
struct Changed : Lesson {
  using Lesson::Lesson;
  std::function<void(std::vector<Parameter>&)> change = [](std::vector<Parameter>&) {};
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
  return fault_of_parameters(network, x, fixed);
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
