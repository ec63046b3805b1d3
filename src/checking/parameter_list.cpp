#include "src/checking/parameter_list.h"

#include <algorithm>
#include <set>

#include "src/checking/call.h"
#include "src/checking/guards.h"
#include "src/checking/numeric_gradient.h"
#include "src/io/text.h"
#include "src/layers/batch_norm.h"
#include "src/layers/fully_connected.h"
#include "src/layers/softmax.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

// Moving statistics are saved, and move by themselves.
bool moves(const ArrayName& name) {
  return name.what.rfind("moving", 0) == 0;
}

// An array or a gradient that is listed twice, or a name.
std::string twice(const std::vector<Parameter>& parameters) {
  std::set<std::string> names;
  std::set<const Matrix*> arrays;
  for (const Parameter& p : parameters) {
    if (!names.insert(p.name).second) return p.name + " is listed twice";
    if (!arrays.insert(p.value).second) return p.name + " is an array that is listed already, under another name";
    if (p.grad != nullptr && !arrays.insert(p.grad).second) return "the gradient of " + p.name + " is listed twice";
  }
  return "";
}

// What the layers that computed something must have.
std::string missing(const std::vector<Parameter>& parameters, const std::vector<Output>& outputs) {
  const auto listed = [&](const std::string& name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == name; });
  };
  for (const Output& output : outputs) {
    const ArrayName name = array_name(output.name);
    std::vector<std::string> needed;
    if (name.kind == "fc") needed = {"_weight", "_bias"};
    if (name.kind == "bn") needed = {"_gamma", "_beta", "_moving_mean", "_moving_var"};
    for (const std::string& what : needed) {
      if (!listed(name.layer() + what)) return name.layer() + what + " is not listed";
    }
  }
  return "";
}

std::string out_of_order(const std::vector<Parameter>& parameters) {
  int number = 1;
  for (const Parameter& p : parameters) {
    if (array_name(p.name).number < number) return p.name + " comes after the arrays of a later layer";
    number = array_name(p.name).number;
  }
  return "";
}

// The first output of the network that another value of a parameter changes; empty if none.
std::string first_changed(Network& network, const Matrix& x, const Parameter& parameter, Mode mode) {
  network.forward(x, mode);
  std::vector<Matrix> before;
  for (const Output& output : network.outputs()) before.push_back(*output.value);
  const Matrix kept = *parameter.value;
  for (Real& value : parameter.value->values) value += Real(0.1);
  network.forward(x, mode);
  const std::vector<Output> outputs = network.outputs();
  *parameter.value = kept;
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    if (!identical(*outputs[k].value, before[k])) return outputs[k].name;
  }
  return "";
}

}  // namespace

std::string fault_of_arrays(const std::vector<Parameter>& parameters) {
  for (const Parameter& p : parameters) {
    if (p.value == nullptr) return p.name + " is listed without its array";
    if (!is_alive(p.value)) return "the array that is listed as " + p.name + " is none of the network's";
    if (p.grad != nullptr && !is_alive(p.grad)) return "the gradient of " + p.name + " is none of the network's";
  }
  return "";
}

std::string fault_of_arrays(const std::vector<Output>& outputs) {
  if (outputs.empty()) return "there are none";
  for (const Output& output : outputs) {
    if (output.value == nullptr) return output.name + " is listed without its array";
    if (!is_alive(output.value)) return "the array that is listed as " + output.name + " is none of the network's";
    if (output.grad != nullptr && !is_alive(output.grad)) {
      return "the gradient of " + output.name + " is none of the network's";
    }
  }
  return "";
}

std::string fault_of_outputs(Network& network, const Matrix& x) {
  const Matrix o = network.forward(x, Mode::training);
  const std::vector<Output> outputs = network.outputs();
  const std::vector<Parameter> parameters = network.parameters();
  const auto parameter = [&](const std::string& name) {
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == name; });
    return found == parameters.end() ? Matrix() : *found->value;
  };
  const Matrix* before = &x;
  for (const Output& output : outputs) {
    const ArrayName name = array_name(output.name);
    Matrix expected = *output.value, mean, var, x_hat;
    if (name.kind == "fc") {
      fully_connected_forward(*before, parameter(name.layer() + "_weight"), parameter(name.layer() + "_bias"),
                              expected);
    } else if (name.kind == "bn") {
      batch_norm_forward(*before, parameter(name.layer() + "_gamma"), parameter(name.layer() + "_beta"), mean, var,
                         x_hat, expected);
    } else if (name.kind == "softmax") {
      softmax_forward(*before, expected);
    }
    if (relative_error(*output.value, expected, 1) > Real(1e-9)) {
      return output.name + " is not what the layer computes from the output before it";
    }
    before = output.value;
  }
  return identical(*before, o) ? "" : "the last is " + outputs.back().name + ", which is not what forward returns";
}

std::string fault_of_names(Network& network) {
  const std::vector<Parameter> parameters = network.parameters();
  std::string fault = twice(parameters);
  if (fault.empty()) fault = missing(parameters, network.outputs());
  if (fault.empty()) fault = out_of_order(parameters);
  return fault;
}

std::string fault_of_parameters(Network& network, const Matrix& x, const std::vector<std::string>& fixed) {
  const std::vector<Parameter> parameters = network.parameters();
  const bool is_long = parameters.size() > 60;
  for (const Parameter& p : parameters) {
    const ArrayName name = array_name(p.name);
    if (is_long && name.number % 8 > 1) continue;
    if (moves(name)) {
      if (p.grad != nullptr) return p.name + " is not trained, but is listed with a gradient";
      continue;
    }
    const std::string changed = first_changed(network, x, p, Mode::training);
    const bool is_factor = name.what == "weight" || name.what == "gamma";
    if (changed.empty() && (is_factor || is_long)) continue;  // of units that are off in every row, or of rounding
    if (changed.empty()) return p.name + " changes nothing that the network computes";
    const ArrayName where = array_name(changed);
    const bool of_another_kind = (name.kind == "bn" && where.kind == "fc") || (name.kind == "fc" && where.kind == "bn");
    const bool in_its_layer = where.number == name.number && !of_another_kind;
    if (!in_its_layer && where.number > 0) {  // 0: the softmax, which has no number
      return "the array listed as " + p.name + " is another: it first changes " + changed;
    }
    const bool is_fixed = std::count(fixed.begin(), fixed.end(), name.what) > 0;
    if (p.grad == nullptr && !is_fixed) return p.name + " is listed without its gradient, so it is never trained";
    if (p.grad != nullptr && is_fixed) return p.name + " is not trained, but is listed with a gradient";
  }
  return "";
}

std::string fault_of_prediction(Network& network, const Matrix& x) {
  const std::vector<Parameter> parameters = network.parameters();
  const auto values = [&] {
    std::vector<Matrix> all;
    for (const Parameter& p : parameters) all.push_back(*p.value);
    return all;
  };
  const std::vector<Matrix> before = values();
  const Matrix o = network.forward(x, Mode::training);
  bool any_moves = false;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const bool moves_here = moves(array_name(parameters[k].name));
    any_moves = any_moves || moves_here;
    const bool same = identical(*parameters[k].value, before[k]);
    if (moves_here && same) return "in training mode it does not move " + parameters[k].name;
    if (!moves_here && !same) return "in training mode it changes " + parameters[k].name;
  }
  const std::vector<Matrix> trained = values();
  const Matrix predicted = network.forward(x, Mode::prediction);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const Parameter& p = parameters[k];
    const ArrayName name = array_name(p.name);
    if (!identical(*p.value, trained[k])) return "in prediction mode it changes " + p.name;
    if (!moves(name) || parameters.size() > 60) continue;
    const std::string changed = first_changed(network, x, p, Mode::prediction);
    if (changed != name.layer() + "_out") {
      return "in prediction mode " + p.name + (changed.empty() ? " plays no part" : " first changes " + changed);
    }
  }
  return any_moves || identical(predicted, o) ? "" : "it predicts other numbers than those that it is trained with";
}

}  // namespace handgrad
