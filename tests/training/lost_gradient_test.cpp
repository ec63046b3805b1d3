// Why no gradient reaches the first layer. Each case is a network with float and again with double: where a number of
// float is too small, or too near to 1, double has one, and the gradient arrives.

#include <doctest/doctest.h>

#include <memory>

#include "lessons/lesson6/network.h"
#include "src/layers/log_loss.h"
#include "src/matrix/vector.h"
#include "src/training/anomalies.h"
#include "src/training/initialisation.h"

using namespace handgrad;

namespace {

using lesson6::Architecture;
using lesson6::RemedyMlp;

constexpr bool in_double = sizeof(Real) == sizeof(double);

// `rows` flowers, in cm; the classes take turns.
void flowers(int rows, Matrix& x, Matrix& y) {
  x = Matrix(rows, 4);
  y = Matrix(rows, 3);
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < 4; ++j) x(i, j) = Real(0.2) + Real((7 * i + 11 * j) % 13) / 2;
    y(i, i % 3) = 1;
  }
}

RemedyMlp network_of(int depth, int width, const Architecture& architecture = {}) {
  RemedyMlp network(layer_widths(depth - 1, width), architecture);
  initialise(network.parameters(), 0);
  return network;
}

// What is said after one pass there and back, without the beginning that all have; "" if a gradient arrives.
std::string why(RemedyMlp& network, const Matrix& x, const Matrix& y) {
  Matrix grad_o;
  log_loss_backward(network.forward(x, Mode::training), y, grad_o);
  network.backward(grad_o);
  const Matrix& grad_W = network.grad_W[1];
  const std::string lost =
      lost_gradient(network, {{"fc1_weight"}, {1}, {{static_cast<double>(asum(grad_W.size(), grad_W.data()))}}});
  const std::string beginning = "no gradient reaches fc1 from epoch 1 on: ";
  CHECK((lost.empty() || lost.find(beginning) == 0));
  return lost.empty() ? lost : lost.substr(beginning.size());
}

std::string why(RemedyMlp network, int rows = 20) {
  Matrix x, y;
  flowers(rows, x, y);
  return why(network, x, y);
}

Architecture with(Architecture::Activation activation, bool batch_norm = false,
                  Architecture::Connection connection = Architecture::Connection::plain) {
  return {activation, batch_norm, connection};
}

constexpr auto relu = Architecture::Activation::relu;
constexpr auto leaky = Architecture::Activation::leaky_relu;
constexpr auto sigmoid = Architecture::Activation::sigmoid;

}  // namespace

TEST_CASE("lost_gradient: values that get too small on the way forward, where no unit is off with more digits") {
  const std::string small = "on the way forward the values get too small for a number in ";
  for (const int depth : {25, 26, 27, 30, 60}) {
    CHECK(why(network_of(depth, 10)) == (in_double ? "" : small + "fc24"));
  }
  CHECK(why(network_of(40, 100)) == (in_double ? "" : small + "fc33"));
  CHECK(why(network_of(150, 10, with(relu, true))) == (in_double ? "" : small + "fc92"));
}

TEST_CASE("lost_gradient: a gradient that gets too small on its way back, past units that are on") {
  const std::string back = "on its way back it gets too small for a number behind ";
  // A LeakyReLU is never off, even where its values are all 0.
  CHECK(why(network_of(30, 10, with(leaky))) == (in_double ? "" : back + "fc9"));
  CHECK(why(network_of(60, 10, with(sigmoid))) == (in_double ? "" : back + "fc42"));
  CHECK(why(network_of(120, 10, with(leaky, true))) == (in_double ? "" : back + "fc30"));
  RemedyMlp network = network_of(60, 10);
  for (Matrix& b : network.b) b.fill(Real(0.1));
  CHECK(why(network) == (in_double ? "" : back + "fc37"));
  // Also where some rows are cut off.
  network.W[1].fill(Real(-0.01));
  CHECK(why(network) == (in_double ? "" : back + "fc37"));
}

TEST_CASE("lost_gradient: units that are off, with float and with double") {
  RemedyMlp network = network_of(4, 6);
  network.b[2].fill(-100);
  CHECK(why(network) == "all 6 units of relu2 are off for all 20 rows");
  // Small, but no smaller than a number may be; only what the weights give is.
  network.b[2].fill(Real(-1e-30));
  network.W[2].fill(Real(1e-44));
  CHECK(why(network) == "all 6 units of relu2 are off for all 20 rows");
  // At 0 a ReLU passes nothing: it is to blame, not the layer before it.
  network.W[2].fill(0);
  network.b[2].fill(0);
  CHECK(why(network) == "all 6 units of relu2 are off for all 20 rows");
  // So do products that add up to 0.
  network.W[1].fill(Real(0.01));
  for (int j = 0; j < 6; ++j) network.W[2](0, j) = 1, network.W[2](1, j) = -1;
  CHECK(why(network) == "all 6 units of relu2 are off for all 20 rows");
  // Values that a deep network makes small, but not too small: the layer whose bias switches all units off is meant.
  RemedyMlp deep = network_of(23, 10);
  deep.b[20].fill(Real(-1e-30));
  CHECK(why(deep) == "all 10 units of relu20 are off for all 20 rows");

  RemedyMlp normalized = network_of(4, 6, with(relu, true));
  normalized.beta[2].fill(-100);
  CHECK(why(normalized) == "all 6 units of relu2 are off for all 20 rows");
}

TEST_CASE("lost_gradient: past a sum or a concatenation only the first layer can be off") {
  for (const auto connection : {Architecture::Connection::residual, Architecture::Connection::dense}) {
    RemedyMlp network = network_of(4, 6, with(relu, false, connection));
    network.b[1].fill(1);
    network.b[2].fill(-100);
    network.b[3].fill(-100);
    CHECK(why(network) == "");
    network.b[4] = Matrix{{-1000, 1000, -1000}};
    CHECK(why(network) == "none leaves the softmax, whose probabilities are all 0 or 1");
    network.b[4].fill(0);
    network.b[1].fill(-100);
    CHECK(why(network) == "all 6 units of relu1 are off for all 20 rows");
  }
}

TEST_CASE("lost_gradient: rows that are cut at different layers, so that no layer is off for all") {
  // 4-1-1-3: unit 1 is on where x is above 2, unit 2 where what unit 1 gives is above 2.
  RemedyMlp network = network_of(3, 1);
  network.W[1] = Matrix{{1}, {0}, {0}, {0}};
  network.b[1].fill(-2);
  network.W[2].fill(1);
  network.b[2].fill(-2);
  Matrix x, y;
  flowers(3, x, y);
  for (int i = 0; i < 3; ++i) x(i, 0) = Real(1 + i);
  CHECK(why(network, x, y) == "each of the 3 rows is cut off, 2 at relu1, 1 at relu2");
  x(2, 0) = 5;
  CHECK(why(network, x, y) == "");

  // A row that is right for sure, one whose values are too small, and one that is off.
  network.W[1](0, 0) = Real(1e-20);
  network.b[1].fill(0);
  network.W[2].fill(Real(1e-30));
  network.b[2].fill(0);
  x(0, 0) = -1;
  CHECK(why(network, x, y) ==
        (in_double ? "" : "each of the 3 rows is cut off, 1 at relu1, 2 by values too small for a number in fc2"));
}

TEST_CASE("lost_gradient: a softmax or a sigmoid that has reached 0 and 1") {
  const std::string full = ", whose probabilities are all 0 or 1", none = "none leaves the softmax";
  RemedyMlp network = network_of(3, 6);
  for (Matrix& b : network.b) b.fill(1);
  network.b[3] = Matrix{{-120, 0, -120}};
  CHECK(why(network) == (in_double ? "" : none + full));
  network.b[3] = Matrix{{-1000, 1000, -1000}};
  CHECK(why(network) == none + full);

  Matrix x, y;
  flowers(1, x, y);  // of class 0
  network.b[3] = Matrix{{-120, 0, 0}};
  CHECK(why(network, x, y) == (in_double ? "" : none + ", which gives the true classes the probability 0"));

  RemedyMlp squashed = network_of(4, 6, with(sigmoid));
  squashed.b[2].fill(30);
  CHECK(why(squashed) == (in_double ? "" : "none passes sigmoid2, whose values are all 0 or 1"));
}

TEST_CASE("lost_gradient: a batch of one row, with batch norm and without") {
  const std::string one = "a batch of one row has no variance, so batch norm lets none past";
  for (const auto connection : {Architecture::Connection::plain, Architecture::Connection::residual}) {
    CHECK(why(network_of(4, 6, with(relu, true, connection)), 1) == one);
    CHECK(why(network_of(4, 6, with(sigmoid, true, connection)), 1) == one);
    CHECK(why(network_of(4, 6, with(relu, true, connection)), 2) == "");
  }
  CHECK(why(network_of(4, 6), 1) == "");
  RemedyMlp network = network_of(3, 1);
  network.b[2].fill(-100);
  CHECK(why(network, 1) == "the only unit of relu2 is off for the only row");
}
