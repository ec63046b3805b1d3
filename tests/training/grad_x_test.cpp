// The gradient of x, which a training does not want: without it a network gives its parameters the same gradients.

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/network.h"
#include "src/data/split.h"
#include "src/layers/log_loss.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

using namespace handgrad;

namespace {

using lesson6::Architecture;

struct Named {
  std::string name;
  std::unique_ptr<Network> network;
};

// Every lesson's network, of width 6 and of width 4, where lesson 3's has a sum past its first layer.
std::vector<Named> networks() {
  std::vector<Named> all;
  for (const int width : {4, 6}) {
    const std::vector<int> widths = layer_widths(3, width);
    const std::string of_width = ", width " + std::to_string(width);
    all.push_back({"lesson 1" + of_width, std::make_unique<lesson1::Mlp>(widths)});
    all.push_back({"lesson 2" + of_width, std::make_unique<lesson2::BatchNormMlp>(widths)});
    all.push_back({"lesson 3" + of_width, std::make_unique<lesson3::ResidualMlp>(widths)});
    all.push_back({"lesson 4" + of_width, std::make_unique<lesson4::DenseMlp>(widths)});
    all.push_back({"lesson 5" + of_width, std::make_unique<lesson5::LeakyMlp>(widths, Real(0.25))});
    for (const auto connection :
         {Architecture::Connection::plain, Architecture::Connection::residual, Architecture::Connection::dense}) {
      for (const bool batch_norm : {false, true}) {
        const Architecture architecture{Architecture::Activation::leaky_relu, batch_norm, connection};
        const std::string built_as =
            ", connection " + std::to_string(static_cast<int>(connection)) + (batch_norm ? " with batch norm" : "");
        all.push_back({"lesson 6" + of_width + built_as, std::make_unique<lesson6::RemedyMlp>(widths, architecture)});
      }
    }
  }
  for (const Named& named : all) {
    initialise(named.network->parameters(), 0);
    for (const Parameter& parameter : weights_of(named.network->parameters())) {
      for (Real& weight : parameter.value->values) weight *= 50;
    }
  }
  return all;
}

const Dataset& flowers() {
  static const Dataset data = read_lecture_split().train;
  return data;
}

// One pass there and back with a batch of 20 flowers; what the gradients of the parameters held before is overwritten.
void pass(Network& network, int batch) {
  Matrix x, y, grad_o;
  take_batch(flowers(), batch, 20, x, y);
  log_loss_backward(network.forward(x, Mode::training), y, grad_o);
  for (const Parameter& parameter : network.parameters()) {
    if (parameter.grad != nullptr) parameter.grad->fill(7);
  }
  network.backward(grad_o);
}

std::vector<std::vector<Real>> gradients_of(Network& network) {
  std::vector<std::vector<Real>> gradients;
  for (const Parameter& parameter : network.parameters()) {
    if (parameter.grad != nullptr) gradients.push_back(parameter.grad->values);
  }
  return gradients;
}

}  // namespace

TEST_CASE("a network that need not compute the gradient of x gives all others the same numbers, and leaves it alone") {
  for (const Named& named : networks()) {
    CAPTURE(named.name);
    Network& network = *named.network;
    CHECK(network.wants_grad_x);
    pass(network, 0);
    const Matrix grad_x = *network.grad_x();
    CHECK(grad_x.rows == 20);
    CHECK(grad_x.cols == 4);

    network.wants_grad_x = false;
    pass(network, 1);
    const std::vector<std::vector<Real>> without = gradients_of(network);
    CHECK(network.grad_x()->values == grad_x.values);

    network.wants_grad_x = true;
    pass(network, 1);
    CHECK(gradients_of(network) == without);
    CHECK(network.grad_x()->values != grad_x.values);
  }
}

TEST_CASE("no training computes the gradient of x") {
  for (const Named& named : networks()) {
    CAPTURE(named.name);
    Training training(*named.network, flowers(), {lecture_sgd(), 1});
    CHECK_FALSE(named.network->wants_grad_x);
    training_step(training, 0);
    training_step(training, 1);
    CHECK(named.network->grad_x()->values.empty());
    CHECK_FALSE(named.network->wants_grad_x);
  }
}
