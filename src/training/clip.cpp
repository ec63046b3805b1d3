#include "src/training/clip.h"

#include <cmath>

namespace handgrad {

double clip_gradients(const std::vector<Parameter>& parameters, double bound) {
  // In double, whose squares of floats neither overflow nor vanish.
  double sum = 0;
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr) continue;
    for (const Real g : parameter.grad->values) sum += static_cast<double>(g) * static_cast<double>(g);
  }
  const double norm = std::sqrt(sum);
  if (!(norm > bound) || std::isinf(norm)) return norm;

  const double scale = bound / norm;
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr) continue;
    for (Real& g : parameter.grad->values) g = static_cast<Real>(static_cast<double>(g) * scale);
  }
  return norm;
}

}  // namespace handgrad
