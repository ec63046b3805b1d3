#include "src/training/optimizer.h"

#include <cstddef>

#include "src/training/adam.h"
#include "src/training/sgd.h"

namespace handgrad {

OptimizerSettings lecture_sgd() {
  return {OptimizerSettings::Kind::sgd, 0.05};
}

OptimizerSettings lecture_adam() {
  return {OptimizerSettings::Kind::adam, 0.001};
}

Optimizer::Optimizer(const OptimizerSettings& optimizer_settings, const std::vector<Parameter>& parameters)
    : settings(optimizer_settings) {
  for (const Parameter& parameter : parameters) {
    m.emplace_back(parameter.value->rows, parameter.value->cols);
    if (settings.kind == OptimizerSettings::Kind::adam) v.emplace_back(parameter.value->rows, parameter.value->cols);
  }
}

void optimizer_step(Optimizer& optimizer, const std::vector<Parameter>& parameters) {
  const OptimizerSettings& s = optimizer.settings;
  ++optimizer.t;
  const bool sgd = s.kind == OptimizerSettings::Kind::sgd;
  const double corrected_lr = sgd ? 0 : adam_corrected_lr(optimizer.t, s.lr, s.beta1, s.beta2);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    if (parameters[k].grad == nullptr) continue;
    Matrix& w = *parameters[k].value;
    const Matrix& grad_w = *parameters[k].grad;
    if (sgd) {
      sgd_update(grad_w, s.lr, s.momentum, optimizer.m[k], w);
    } else {
      adam_update(grad_w, corrected_lr, s.beta1, s.beta2, s.epsilon, optimizer.m[k], optimizer.v[k], w);
    }
  }
}

}  // namespace handgrad
