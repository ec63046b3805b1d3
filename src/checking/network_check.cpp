#include "src/checking/network_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <stdexcept>

#include "src/checking/numeric_gradient.h"
#include "src/data/iris.h"
#include "src/report/summary.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr Real step = 1e-5;
constexpr Real nearest_to_kink = 1e-3;  // a hundred steps away

// Whether no unit is near its kink, and every ReLU has units that are on and units that are off.
bool is_well_placed(const Network& network) {
  const std::vector<Output> outputs = network.outputs();
  for (std::size_t k = 0; k + 1 < outputs.size(); ++k) {
    if (array_name(outputs[k + 1].name).kind != "relu") continue;
    Real nearest = 1, lowest = 0, highest = 0;
    for (const Real value : outputs[k].value->values) {
      nearest = std::min(nearest, std::abs(value));
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
    if (nearest < nearest_to_kink || lowest == 0 || highest == 0) return false;
  }
  return true;
}

// Random parameters and a random batch for which the network is well placed; sums of up to 40 inputs stay near 1.
Matrix place_well(Network& network, int n) {
  for (std::uint32_t seed = 1; seed < 20000; ++seed) {
    std::uint32_t part = 100 * seed;
    for (const Parameter& parameter : network.parameters()) {
      Matrix& value = *parameter.value;
      value = random_matrix(value.rows, value.cols, ++part);
      const Real inputs = array_name(parameter.name).what == "weight" ? static_cast<Real>(value.rows) : 1;
      for (Real& number : value.values) number *= std::sqrt(2 / (inputs + 1));
      if (array_name(parameter.name).what == "moving_var") value.fill(1);
    }
    const Matrix x = random_matrix(n, iris_features, ++part);
    network.forward(x, Mode::training);
    if (is_well_placed(network)) return x;
  }
  throw std::logic_error("network check: no seed places every unit away from its kink");
}

// Which of the report's lines a parameter belongs to: "weight, hidden layers".
std::string line_of(const ArrayName& parameter, int last) {
  return parameter.what + (parameter.number == last ? ", last layer"
                           : parameter.number == 1  ? ", first layer"
                                                    : ", hidden layers");
}

}  // namespace

void check_network(CheckReport& report, const Subject& subject, int hidden, int n) {
  const std::unique_ptr<Network> network = subject.make(hidden);
  const Matrix x = place_well(*network, n);
  const Matrix r = random_matrix(n, iris_classes, 7);
  const auto loss = [&] { return weighted_sum(network->forward(x, Mode::training), r); };

  std::string stopped;
  try {
    loss();
    network->backward(r);
  } catch (const std::exception& error) {
    stopped = error.what();
  }

  std::vector<Parameter> parameters = network->parameters();
  std::reverse(parameters.begin(), parameters.end());
  const std::string shape = network_shape(network->parameters());
  const int last = hidden + 1;
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr) continue;
    const ArrayName name = array_name(parameter.name);
    const bool before_batch_norm = subject.batch_norm && name.what == "bias" && name.number != last;
    const Equation equation{subject.group,    line_of(name, last), subject.section, subject.function, subject.file, "",
                            before_batch_norm};
    const Matrix yours = *parameter.grad;
    Matrix numeric;
    numeric_gradient(loss, *parameter.value, step, numeric);
    Comparison comparison{yours, numeric, n, {}, {}, parameter.name + " of the network " + shape, stopped};
    if (subject.mistaken && stopped.empty()) comparison.alternatives = subject.mistaken(*network, r, parameter.name);
    report.compare(equation, comparison);
  }
}

void check_small_and_deep(CheckReport& report, const Subject& subject) {
  for (const int hidden : {3, 7}) {
    for (const int n : {3, 20, 2, 1}) {
      // Batch norm lets no gradient through from one row, and next to none from two, which it always makes -1 and 1.
      if (subject.batch_norm && n < 3) continue;
      if (hidden == 7 && n == 20) continue;  // too many units to keep all of them away from their kinks
      check_network(report, subject, hidden, n);
    }
  }
}

}  // namespace handgrad
