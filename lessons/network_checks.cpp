#include "lessons/network_checks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>

#include "lessons/lesson.h"
#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/network.h"
#include "src/checking/numeric_gradient.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/softmax.h"
#include "src/report/summary.h"

namespace handgrad {

namespace {

constexpr Real step = 1e-5;
constexpr Real nearest_to_kink = 1e-3;  // a hundred steps away

// A network to be checked: its lesson, its backward function, and what a likely mistake would make of a gradient.
struct Subject {
  std::string group;
  std::string section;
  std::string function;
  std::string file;
  std::function<std::unique_ptr<Network>(int hidden)> make;
  bool batch_norm = false;
  // For a diagnosis: the network's gradients (by parameter name) as they would be with a mistake of this name.
  using Mistaken =
      std::function<std::vector<Alternative>(Network&, const Matrix& grad_o, const std::string& parameter)>;
  Mistaken mistaken = nullptr;
};

// Whether no unit is near its kink, and every ReLU has units that are on and units that are off.
bool is_well_placed(const Network& network) {
  const std::vector<NamedValue> values = network.values();
  for (std::size_t k = 0; k + 1 < values.size(); ++k) {
    if (values[k + 1].name.compare(0, 4, "relu") != 0) continue;
    Real nearest = 1, lowest = 0, highest = 0;
    for (const Real value : values[k].value->values) {
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
      const Real inputs = has_ending(parameter.name, "_weight") ? static_cast<Real>(value.rows) : 1;
      for (Real& number : value.values) number *= std::sqrt(2 / (inputs + 1));
      if (has_ending(parameter.name, "_moving_var")) value.fill(1);
    }
    const Matrix x = random_matrix(n, iris_features, ++part);
    network.forward(x, Mode::training);
    if (is_well_placed(network)) return x;
  }
  throw std::logic_error("network check: no seed places every unit away from its kink");
}

// Which of the report's lines a parameter belongs to.
std::string line_of(const std::string& parameter, std::size_t fc, std::size_t last) {
  const std::string place = fc == last ? "last layer" : fc == 1 ? "first layer" : "hidden layers";
  for (const char* kind : {"weight", "bias", "gamma", "beta"}) {
    if (has_ending(parameter, kind)) return std::string(kind) + ", " + place;
  }
  return parameter;
}

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
  const std::size_t last = static_cast<std::size_t>(hidden) + 1;
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr) continue;
    const std::size_t fc = std::stoul(parameter.name.substr(2));
    const bool before_batch_norm = subject.batch_norm && has_ending(parameter.name, "_bias") && fc != last;
    const Equation equation{
        subject.group,    line_of(parameter.name, fc, last), subject.section, subject.function, subject.file, "",
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

// The gradients of a network with skips as they would be if one of the two ways that r_(i-1) went were forgotten.
// `split` is the backward step of the sum or the concatenation.
template <class SkipNetwork, class Split>
std::vector<Alternative> forgotten_ways(Network& any_network, const Matrix& grad_o, const std::string& parameter,
                                        const Split& split) {
  SkipNetwork& net = dynamic_cast<SkipNetwork&>(any_network);
  const std::size_t last = net.W.size() - 1;
  std::vector<Alternative> alternatives;
  for (const bool skip_forgotten : {true, false}) {
    Matrix grad_l, grad_h, grad_r, grad_skip, grad_into_layer;
    std::vector<Matrix> grad_W(last + 1), grad_b(last + 1);
    softmax_backward(net.o, grad_o, grad_l);
    fully_connected_backward(net.r[last - 1], net.W[last], grad_l, grad_W[last], grad_b[last], grad_r);
    for (std::size_t i = last - 1; i >= 1; --i) {
      if (i > 1) {
        split(net, i, grad_r, grad_h, grad_skip);
      } else {
        grad_h = grad_r;
      }
      relu_backward(net.l[i], grad_h, grad_l);
      fully_connected_backward(net.r[i - 1], net.W[i], grad_l, grad_W[i], grad_b[i], grad_into_layer);
      grad_r = skip_forgotten ? grad_into_layer : grad_skip;
    }
    const std::size_t fc = std::stoul(parameter.substr(2));
    alternatives.push_back({skip_forgotten ? "the skip branch forgotten: grad_skip is not added to grad_r"
                                           : "only the skip branch: what comes back through the layer is lost",
                            has_ending(parameter, "_weight") ? grad_W[fc] : grad_b[fc]});
  }
  return alternatives;
}

std::string network_file(const std::string& lesson) {
  return "lessons/" + lesson + "/network.cpp";
}

}  // namespace

void check_lesson1_network(CheckReport& report) {
  check_small_and_deep(report, {"lesson1", "1 (4)", "Mlp::backward", network_file("lesson1"),
                                [](int hidden) { return std::make_unique<lesson1::Mlp>(layer_widths(hidden, 4)); }});
}

void check_lesson2_network(CheckReport& report) {
  for (const bool fix_gamma : {false, true}) {
    check_small_and_deep(report, {"lesson2", "2 (4)", "BatchNormMlp::backward", network_file("lesson2"),
                                  [=](int hidden) {
                                    return std::make_unique<lesson2::BatchNormMlp>(layer_widths(hidden, 4), fix_gamma);
                                  },
                                  true});
  }
}

void check_lesson3_network(CheckReport& report) {
  using lesson3::ResidualMlp;
  check_small_and_deep(report,
                       {"lesson3", "3 (4)", "ResidualMlp::backward", network_file("lesson3"),
                        [](int hidden) { return std::make_unique<ResidualMlp>(layer_widths(hidden, 4)); }, false,
                        [](Network& network, const Matrix& grad_o, const std::string& parameter) {
                          return forgotten_ways<ResidualMlp>(
                              network, grad_o, parameter,
                              [](ResidualMlp&, std::size_t, const Matrix& grad_r, Matrix& grad_h, Matrix& grad_skip) {
                                residual_backward(grad_r, grad_h, grad_skip);
                              });
                        }});
}

void check_lesson4_network(CheckReport& report) {
  using lesson4::DenseMlp;
  check_small_and_deep(
      report, {"lesson4", "4 (3)", "DenseMlp::backward", network_file("lesson4"),
               [](int hidden) {
                 std::vector<int> widths = layer_widths(hidden, 3);
                 for (std::size_t i = 2; i + 1 < widths.size(); ++i) widths[i] = 2 + static_cast<int>(i % 3);
                 return std::make_unique<DenseMlp>(widths);
               },
               false,
               [](Network& network, const Matrix& grad_o, const std::string& parameter) {
                 return forgotten_ways<DenseMlp>(
                     network, grad_o, parameter,
                     [](DenseMlp& net, std::size_t i, const Matrix& grad_r, Matrix& grad_h, Matrix& grad_skip) {
                       concat_backward(net.r[i - 1], net.h[i], grad_r, grad_skip, grad_h);
                     });
               }});
}

void check_lesson5_network(CheckReport& report) {
  check_small_and_deep(report, {"lesson5", "5 (2)", "LeakyMlp::backward", network_file("lesson5"), [](int hidden) {
                                  return std::make_unique<lesson5::LeakyMlp>(layer_widths(hidden, 4), Real(0.25));
                                }});
}

void check_lesson6_network(CheckReport& report) {
  using lesson6::Architecture;
  using Activation = Architecture::Activation;
  using Connection = Architecture::Connection;
  for (const Connection connection : {Connection::plain, Connection::residual, Connection::dense}) {
    for (const Activation activation : {Activation::sigmoid, Activation::relu, Activation::leaky_relu}) {
      for (const bool batch_norm : {false, true}) {
        const auto make = [=](int hidden) {
          return std::make_unique<lesson6::Mlp>(layer_widths(hidden, 4),
                                                Architecture{activation, batch_norm, connection});
        };
        check_network(report, {"lesson6", "6", "Mlp::backward", network_file("lesson6"), make, batch_norm}, 3, 3);
      }
    }
  }
}

}  // namespace handgrad
