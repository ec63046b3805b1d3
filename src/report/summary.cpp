#include "src/report/summary.h"

#include <cstddef>

#include "src/data/text.h"

namespace handgrad {

std::string network_shape(const std::vector<Parameter>& parameters) {
  std::vector<const Matrix*> weights;
  for (const Parameter& parameter : parameters) {
    if (has_ending(parameter.name, "_weight")) weights.push_back(parameter.value);
  }

  std::string text = formatted("%d", weights.front()->rows);
  const std::size_t hidden = weights.size() - 1;
  for (std::size_t i = 0; i < hidden;) {
    std::size_t equal = 1;
    while (i + equal < hidden && weights[i + equal]->cols == weights[i]->cols) ++equal;
    text += equal == 1 ? formatted("-%d", weights[i]->cols) : formatted("-(%d×%zu)", weights[i]->cols, equal);
    i += equal;
  }
  return text + formatted("-%d", weights.back()->cols);
}

std::string optimizer_text(const OptimizerSettings& settings) {
  if (settings.kind == OptimizerSettings::Kind::adam) return formatted("adam lr %g", settings.lr);
  return formatted("sgd lr %g momentum %g", settings.lr, settings.momentum);
}

}  // namespace handgrad
