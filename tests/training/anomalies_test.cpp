#include "src/training/anomalies.h"

#include <doctest/doctest.h>

#include <limits>

#include "lessons/lesson1/network.h"
#include "src/data/split.h"
#include "src/program/lesson.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

using namespace handgrad;

namespace {

constexpr Real not_a_number = std::numeric_limits<Real>::quiet_NaN();
constexpr Real infinity = std::numeric_limits<Real>::infinity();

Dataset twenty_flowers() {
  const Iris iris = read_iris("data/iris.csv");
  std::vector<int> rows;
  for (int row = 1; row <= 20; ++row) rows.push_back(7 * row);
  return take_rows(iris, rows);
}

// The forward pass of 4-5-5-3 on ones, after `spoil` did something to it; the name of the array where it went wrong.
template <class Spoil>
std::string origin(Spoil spoil) {
  lesson1::Mlp network({4, 5, 5, 3});
  for (const Parameter& parameter : network.parameters()) parameter.value->fill(Real(0.1));
  Matrix x(2, 4, 1);
  spoil(network, x);
  network.forward(x, Mode::prediction);
  return origin_in_forward(x, network, network.parameters());
}

// Trains one batch of 20 flowers for some epochs and says what became of the gradient.
std::string lost_after(Network& network, int epochs, const OptimizerSettings& optimizer) {
  const History history = train(network, twenty_flowers(), {optimizer, epochs, 20});
  return lost_gradient(network, history);
}

}  // namespace

TEST_CASE("all_finite") {
  CHECK(all_finite(Matrix{{1, -2}, {0, std::numeric_limits<Real>::max()}}));
  CHECK(all_finite(Matrix()));
  for (const Real bad : {not_a_number, infinity, -infinity}) CHECK(!all_finite(Matrix{{1, 2}, {3, bad}}));
}

TEST_CASE("origin_in_forward names the input, or the first array that the fault reaches, and the parameter") {
  CHECK(origin([](lesson1::Mlp&, Matrix& x) { x(1, 2) = not_a_number; }) ==
        "the input x holds NaN in row 1, column 2 (from 0)");
  CHECK(origin([](lesson1::Mlp& network, Matrix&) { network.b[2](0, 3) = not_a_number; }) ==
        "fc2_out is the first with NaN in row 0, column 3 (from 0); fc2_bias holds NaN in row 0, column 3 (from 0)");
  CHECK(origin([](lesson1::Mlp& network, Matrix&) { network.W[3](4, 1) = infinity; }) ==
        "fc3_out is the first with infinity in row 0, column 1 (from 0); fc3_weight holds infinity in row 4, column 1 "
        "(from 0)");
  // Numbers whose products are too large.
  CHECK(origin([](lesson1::Mlp& network, Matrix& x) {
          x.fill(std::numeric_limits<Real>::max());
          network.W[1].fill(2);
        }) == "fc1_out is the first with infinity in row 0, column 0 (from 0), the parameters are numbers");
  CHECK(origin([](lesson1::Mlp&, Matrix&) {}) ==
        "each element that the network computed is a number, only the sum of the loss is not");
}

TEST_CASE("origin_in_backward names the first on the way back, which is the last parameter") {
  lesson1::Mlp network({4, 5, 5, 3});
  std::vector<Parameter> parameters = network.parameters();
  for (const Parameter& parameter : parameters) {
    *parameter.grad = Matrix(parameter.value->rows, parameter.value->cols);
  }
  parameters.push_back({"bn1_moving_mean", &network.b[1]});  // has no gradient
  CHECK(origin_in_backward(parameters) == "each element is a number, their sum is not");
  network.grad_W[1](3, 4) = not_a_number;
  CHECK(origin_in_backward(parameters) ==
        "on the way back that of fc1_weight is the first with NaN in row 3, column 4 (from 0)");
  network.grad_b[2](0, 1) = -infinity;
  CHECK(origin_in_backward(parameters) ==
        "on the way back that of fc2_bias is the first with infinity in row 0, column 1 (from 0)");
}

TEST_CASE("origin_in_parameters names the first parameter, or nothing") {
  lesson1::Mlp network({4, 5, 5, 3});
  CHECK(origin_in_parameters(network.parameters()) == "");
  network.b[3](0, 2) = infinity;
  network.W[2](1, 0) = not_a_number;
  CHECK(origin_in_parameters(network.parameters()) == "fc2_weight holds NaN in row 1, column 0 (from 0)");
}

TEST_CASE("lost_gradient after a training") {
  lesson1::Mlp network({4, 6, 6, 3});
  initialise(network.parameters(), 0);
  network.b[2].fill(-100);
  CHECK(lost_after(network, 3, lecture_sgd()) ==
        "no gradient reaches fc1 from epoch 1 on: all 6 units of relu2 are off for all 20 rows");
  network.b[2].fill(1);
  CHECK(lost_after(network, 1, lecture_sgd()) == "");
}

TEST_CASE("lost_gradient names the epoch since which it is lost") {
  lesson1::Mlp network({4, 3});
  const History history{{"fc1_weight", "fc2_weight"}, {1, 1, 1, 1}, {{0, 1}, {0.5, 0}, {0, 1}, {0, 1}}};
  network.forward(Matrix(2, 4, 1), Mode::training);
  network.backward(Matrix(2, 3, 1));
  const std::string lost = lost_gradient(network, history);
  CHECK(lost.find("no gradient reaches fc1 from epoch 3 on: ") == 0);
  CHECK(lost_gradient(network, {{"fc1_weight"}, {1, 1}, {{0}, {0.5}}}) == "");
  CHECK(lost_gradient(network, {{"fc1_weight"}, {1, 1}, {{0.5}, {1e-15}}}) == "");  // small is not lost
}
