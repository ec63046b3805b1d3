#include "src/report/summary.h"

#include <cstddef>

#include "src/io/text.h"
#include "src/matrix/shape_text.h"
#include "src/training/names.h"

namespace handgrad {

std::string network_shape(const std::vector<Parameter>& parameters) {
  const std::vector<Parameter> weights = weights_of(parameters);
  const auto units = [&](std::size_t i) { return weights[i].value->cols; };
  std::string text = formatted("%d", weights.front().value->rows);
  const std::size_t hidden = weights.size() - 1;
  for (std::size_t i = 0; i < hidden;) {
    std::size_t equal = 1;
    while (i + equal < hidden && units(i + equal) == units(i)) ++equal;
    text += equal == 1 ? formatted("-%d", units(i)) : formatted("-(%d×%zu)", units(i), equal);
    i += equal;
  }
  return text + formatted("-%d", units(hidden));
}

std::string optimizer_text(const OptimizerSettings& settings) {
  if (settings.kind == OptimizerSettings::Kind::adam) return "adam lr " + number_text(settings.lr);
  return "sgd lr " + number_text(settings.lr) + " momentum " + number_text(settings.momentum);
}

std::string network_summary(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters) {
  std::string text = "layer        output shape   parameters   of these\n";
  long total = 0, trained = 0;
  auto parameter = parameters.begin();  // in the order of the outputs
  for (const Output& output : outputs) {
    const std::string layer = array_name(output.name).layer();
    long count = 0;
    std::string arrays;
    for (; parameter != parameters.end() && array_name(parameter->name).layer() == layer; ++parameter) {
      count += parameter->value->size();
      if (parameter->grad != nullptr) trained += parameter->value->size();
      arrays += (arrays.empty() ? "" : ", ") + array_name(parameter->name).what + " " +
                shape_text(parameter->value->rows, parameter->value->cols) +
                (parameter->grad == nullptr ? " not trained" : "");
    }
    total += count;
    const std::string shape = formatted("%d × %d", output.value->rows, output.value->cols);
    text += formatted("%-12s %-15s %10ld   ", layer.c_str(), shape.c_str(), count);  // × is two bytes and one column
    while (text.back() == ' ' && arrays.empty()) text.pop_back();
    text += arrays + "\n";
  }
  return text + formatted("%ld parameters, %ld trained, %ld not\n", total, trained, total - trained);
}

}  // namespace handgrad
