#include "src/training/anomalies.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

bool is_zero(const Matrix& matrix) {
  return std::all_of(matrix.values.begin(), matrix.values.end(), [](Real value) { return value == 0; });
}

// "NaN in row 3, column 0 (from 0)" of a matrix that is not all finite.
std::string first_fault(const Matrix& matrix) {
  const auto fault =
      std::find_if(matrix.values.begin(), matrix.values.end(), [](Real value) { return !std::isfinite(value); });
  const int at = static_cast<int>(fault - matrix.values.begin());
  return formatted("%s in row %d, column %d (from 0)", std::isnan(*fault) ? "NaN" : "infinity", at / matrix.cols,
                   at % matrix.cols);
}

}  // namespace

bool all_finite(const Matrix& matrix) {
  return std::all_of(matrix.values.begin(), matrix.values.end(), [](Real value) { return std::isfinite(value); });
}

std::string origin_in_forward(const Matrix& x, const Network& network, const std::vector<Parameter>& parameters) {
  if (!all_finite(x)) return "the input x holds " + first_fault(x);
  for (const Output& named : network.outputs()) {
    if (all_finite(*named.value)) continue;
    const std::string parameter = origin_in_parameters(parameters);
    return named.name + " is the first with " + first_fault(*named.value) +
           (parameter.empty() ? ", the parameters are numbers" : "; " + parameter);
  }
  return "each element that the network computed is a number, only the sum of the loss is not";
}

std::string origin_in_backward(const std::vector<Parameter>& parameters) {
  for (auto parameter = parameters.rbegin(); parameter != parameters.rend(); ++parameter) {
    if (parameter->grad == nullptr || all_finite(*parameter->grad)) continue;
    return "on the way back that of " + parameter->name + " is the first with " + first_fault(*parameter->grad);
  }
  return "each element is a number, their sum is not";
}

std::string origin_in_parameters(const std::vector<Parameter>& parameters) {
  for (const Parameter& parameter : parameters) {
    if (!all_finite(*parameter.value)) return parameter.name + " holds " + first_fault(*parameter.value);
  }
  return "";
}

std::string lost_gradient(Network& network, const History& history) {
  std::size_t since = history.mean_abs_grad.size();
  while (since > 0 && history.mean_abs_grad[since - 1].front() == 0) --since;
  if (since == history.mean_abs_grad.size()) return "";
  const std::string lost = formatted(
      "no gradient reaches %s from epoch %zu on: ", array_name(history.weights.front()).layer().c_str(), since + 1);

  // The first layer that a gradient reaches.
  std::string reached;
  for (const Parameter& parameter : network.parameters()) {
    if (parameter.grad != nullptr && reached.empty() && !is_zero(*parameter.grad))
      reached = array_name(parameter.name).layer();
  }
  if (reached.empty()) return lost + "none leaves the softmax, whose probabilities are all 0 or 1";

  for (const Output& named : network.outputs()) {
    if (array_name(named.name).kind != "relu" || !is_zero(*named.value)) continue;
    return lost + formatted("all %d units of %s are off for all %d rows", named.value->cols,
                            array_name(named.name).layer().c_str(), named.value->rows);
  }
  return lost + "on its way back it gets too small for a number behind " + reached;
}

}  // namespace handgrad
