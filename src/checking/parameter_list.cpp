#include "src/checking/parameter_list.h"

#include <algorithm>
#include <set>

#include "src/checking/call.h"
#include "src/io/text.h"
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

// Whether every name is that of the array that takes part where it says, and what is trained has a gradient.
std::string misnamed(Network& network, const Matrix& x, const std::vector<std::string>& fixed) {
  for (const Parameter& p : network.parameters()) {
    const ArrayName name = array_name(p.name);
    const std::string changed = first_changed(network, x, p, moves(name) ? Mode::prediction : Mode::training);
    if (changed.empty() && name.what == "weight") continue;  // of units that are off in every row
    if (changed.empty()) return p.name + " changes nothing that the network computes";
    const ArrayName where = array_name(changed);
    if (where.number != name.number || (name.kind == "fc") != (where.kind == "fc")) {
      return "the array listed as " + p.name + " is another: it first changes " + changed;
    }
    const bool is_fixed = moves(name) || std::count(fixed.begin(), fixed.end(), name.what) > 0;
    if (p.grad == nullptr && !is_fixed) return p.name + " is listed without its gradient, so it is never trained";
    if (p.grad != nullptr && is_fixed) return p.name + " is not trained, but is listed with a gradient";
  }
  return "";
}

}  // namespace

std::string fault_of_parameters(Network& network, const Matrix& x, const std::vector<std::string>& fixed) {
  const std::vector<Parameter> parameters = network.parameters();
  for (const Parameter& p : parameters) {
    if (p.value == nullptr) return p.name + " is listed without its array";
  }
  std::string fault = twice(parameters);
  if (fault.empty()) fault = missing(parameters, network.outputs());
  if (fault.empty()) fault = misnamed(network, x, fixed);
  if (fault.empty()) fault = out_of_order(parameters);
  return fault;
}

}  // namespace handgrad
