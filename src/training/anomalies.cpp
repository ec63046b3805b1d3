#include "src/training/anomalies.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

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

// Whether a unit of this kind lets a gradient past on its way back, by what it gave: a ReLU that is off does not, nor a
// sigmoid or a softmax that has reached 0 or 1.
bool passes(const std::string& kind, Real value) {
  if (kind == "relu") return value != 0;
  return (kind != "sigmoid" && kind != "softmax") || (value != 0 && value != 1);
}

// A fully connected layer on the way, l = x W + b; of the first one x is not known, and null.
struct Layer {
  std::string name;
  const Matrix* x;
  const Matrix* W;
};

// Whether a unit of row i is off for no other reason than that numbers end: z, which switches it, is as good as 0, and
// so is each product that the layer adds up for it, though none should be.
bool too_small(const Layer& layer, const Matrix& z, int i) {
  if (layer.x == nullptr || layer.W == nullptr) return false;
  const double lost = layer.W->rows * static_cast<double>(std::numeric_limits<Real>::denorm_min());
  for (int j = 0; j < z.cols; ++j) {
    double sum = 0;
    for (int p = 0; p < layer.W->rows; ++p) {
      sum += std::abs(static_cast<double>((*layer.x)(i, p)) * static_cast<double>((*layer.W)(p, j)));
    }
    // A batch norm makes numbers at most 1 / sqrt(ε) < 32 times as large.
    if (sum > 0 && lost > sum && lost > -static_cast<double>(z(i, j)) / 32) return true;
  }
  return false;
}

// Rows of the batch whose gradient ends at one layer.
struct Cut {
  ArrayName at;       // relu2_out
  std::string small;  // "fc2" where its values are too small; else ""
  int rows, units;
};

// For each row the first layer, on the way forward, that lets none of its gradient past, and around which no sum or
// concatenation leads. Batch norm gives every row a part of what any row gets.
std::vector<Cut> cuts_of(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters) {
  std::vector<Cut> cuts;
  std::vector<int> open_rows;
  const auto open_all = [&] {
    cuts.clear();
    open_rows.resize(static_cast<std::size_t>(outputs.back().value->rows));
    std::iota(open_rows.begin(), open_rows.end(), 0);
  };
  open_all();
  Layer layer{"", nullptr, nullptr};
  auto weight = parameters.begin();  // of the layer; parameters come in the order of the outputs
  for (std::size_t k = 0; k < outputs.size() && !open_rows.empty(); ++k) {
    const ArrayName name = array_name(outputs[k].name);
    const Matrix& value = *outputs[k].value;
    const std::string next = k + 1 < outputs.size() ? array_name(outputs[k + 1].name).kind : "";
    if (name.kind == "fc") {
      const std::string fc = name.layer();
      weight = std::find_if(weight, parameters.end(),
                            [&](const Parameter& parameter) { return parameter.name == fc + "_weight"; });
      layer = {fc, k == 0 ? nullptr : outputs[k - 1].value, weight == parameters.end() ? nullptr : weight->value};
    }
    if (name.kind == "bn") open_all();
    if (next == "plus" || next == "concat" || outputs[k].slope != 0) continue;

    Cut off{name, "", 0, value.cols}, small{name, layer.name, 0, value.cols};
    std::vector<int> still_open;
    for (const int i : open_rows) {
      const bool cut = std::none_of(value.row(i), value.row(i + 1), [&](Real unit) { return passes(name.kind, unit); });
      if (!cut) {
        still_open.push_back(i);
      } else {
        ++(name.kind == "relu" && too_small(layer, *outputs[k - 1].value, i) ? small : off).rows;
      }
    }
    open_rows = still_open;
    const bool normalized = k > 0 && array_name(outputs[k - 1].name).kind == "bn";
    if (small.rows > 0 && normalized) small.rows += std::exchange(off.rows, 0);
    for (const Cut& found : {off, small}) {
      if (found.rows > 0) cuts.push_back(found);
    }
  }
  return open_rows.empty() ? cuts : std::vector<Cut>();
}

// "each of the 3 rows is cut off, 1 at relu1, 2 at relu2"; one clause where all rows end in the same way.
std::string cuts_text(const std::vector<Cut>& cuts, int rows) {
  if (std::all_of(cuts.begin(), cuts.end(), [](const Cut& cut) { return !cut.small.empty(); })) {
    return "on the way forward the values get too small for a number in " + cuts.back().small;
  }
  const Cut& first = cuts.front();
  if (cuts.size() == 1 && first.at.kind == "relu") {
    return (first.units == 1 ? "the only unit of " : formatted("all %d units of ", first.units)) + first.at.layer() +
           (first.units == 1 ? " is" : " are") + " off for " +
           (rows == 1 ? "the only row" : formatted("all %d rows", rows));
  }
  if (cuts.size() == 1 && first.at.kind == "softmax") {
    return "none leaves the softmax, whose probabilities are all 0 or 1";
  }
  if (cuts.size() == 1) return "none passes " + first.at.layer() + ", whose values are all 0 or 1";

  std::vector<std::string> places;
  for (const Cut& cut : cuts) {
    places.push_back(std::to_string(cut.rows) + (cut.small.empty()
                                                     ? " at " + cut.at.layer()
                                                     : " by values too small for a number in " + cut.small));
  }
  return formatted("each of the %d rows is cut off, ", rows) + joined(places, ", ");
}

std::string why_lost(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters) {
  const int rows = outputs.back().value->rows;
  const bool normalized = std::any_of(outputs.begin(), outputs.end(),
                                      [](const Output& output) { return array_name(output.name).kind == "bn"; });
  if (normalized && rows == 1) return "a batch of one row has no variance, so batch norm lets none past";

  const std::vector<Cut> cuts = cuts_of(outputs, parameters);
  if (!cuts.empty()) return cuts_text(cuts, rows);
  for (const Parameter& parameter : parameters) {
    if (parameter.grad != nullptr && !is_zero(*parameter.grad)) {
      return "on its way back it gets too small for a number behind " + array_name(parameter.name).layer();
    }
  }
  return "none leaves the softmax, which gives the true classes the probability 0";
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
  const std::vector<Parameter> parameters = network.parameters();
  return formatted("no gradient reaches %s from epoch %zu on: ", array_name(history.weights.front()).layer().c_str(),
                   since + 1) +
         why_lost(network.outputs(), parameters);
}

}  // namespace handgrad
