#include "src/checking/network_trial.h"

#include <algorithm>
#include <cmath>

#include "src/checking/numeric_gradient.h"
#include "src/data/iris.h"
#include "src/report/summary.h"
#include "src/training/anomalies.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

// Whether no unit is at its kink, and, if asked for, every ReLU has units that are on and units that are off.
bool is_well_placed(const Network& network, bool on_and_off) {
  const std::vector<Output> outputs = network.outputs();
  for (std::size_t k = 0; k + 1 < outputs.size(); ++k) {
    if (array_name(outputs[k + 1].name).kind != "relu") continue;
    Real nearest = 1, lowest = 0, highest = 0;
    for (const Real value : outputs[k].value->values) {
      nearest = std::min(nearest, std::abs(value));
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
    const bool lets_through = largest_size(*outputs[k + 1].value) > 0;  // also where the kink was moved
    if (nearest < Real(1e-5) || (on_and_off && (lowest == 0 || highest == 0 || !lets_through))) return false;
  }
  return true;
}

}  // namespace

Equation Trial::list() const {
  return {subject.group, "the list", subject.section, subject.network + "::parameters", subject.file};
}

Equation Trial::equation_of(const std::string& parameter) const {
  const ArrayName name = array_name(parameter);
  const char* const layers = name.number > sizes.hidden ? ", last layer"
                             : name.number == 1         ? ", first layer"
                                                        : ", hidden layers";
  const std::vector<Parameter> all = network->parameters();
  const bool before_batch_norm = std::any_of(all.begin(), all.end(), [&](const Parameter& p) {
    return name.what == "bias" && array_name(p.name).kind == "bn" && array_name(p.name).number == name.number;
  });
  return {subject.group, name.what + layers, subject.section, backward_name(), subject.file, "", before_batch_norm};
}

std::string Trial::text(const std::string& parameter) const {
  return parameter + " of the network " + network_shape(network->parameters()) +
         (subject.built_as.empty() ? "" : ", " + subject.built_as);
}

void place_well(Trial& t) {
  const bool is_deep = t.sizes.hidden >= deep;
  for (std::uint32_t seed = 1; seed < 500; ++seed) {
    std::uint32_t part = 100 * seed;
    for (const Parameter& parameter : t.network->parameters()) {
      Matrix& value = *parameter.value;
      value = random_matrix(value.rows, value.cols, ++part);
      const ArrayName name = array_name(parameter.name);
      const double inputs = name.what == "weight" ? value.rows : 1;
      double size = std::sqrt(2 / (inputs + 1)) * (name.what == "weight" ? t.subject.gain * t.gain : 1);
      if (name.what == "bias" && is_deep) size *= 0.01;  // what passes the last layer has come from the first
      for (Real& number : value.values) number *= static_cast<Real>(size);
      if (name.what == "moving_var") value.fill(1);
    }
    t.x = random_matrix(t.sizes.n, iris_features, ++part);
    t.network->forward(t.x, Mode::training);
    const std::vector<Output> outputs = t.network->outputs();
    const Real last = outputs.size() < 2 ? 1 : largest_size(*outputs[outputs.size() - 2].value);
    const bool of_size_1 = !is_deep || (last > Real(0.1) && last < 10);
    if (!of_size_1) t.gain *= std::pow(std::clamp(double(last), 1e-30, 1e30), -1.0 / t.sizes.hidden);
    if (of_size_1 && is_well_placed(*t.network, !is_deep)) return;
  }
}

bool explodes(const Network& network) {
  const std::vector<Output> outputs = network.outputs();
  return std::any_of(outputs.begin(), outputs.end(), [](const Output& output) {
    return !all_finite(*output.value) || largest_size(*output.value) > Real(1e8);
  });
}

}  // namespace handgrad
