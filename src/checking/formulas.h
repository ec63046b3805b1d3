#pragma once

#include <cmath>

namespace handgrad {

// Formulas for one number, in double; the checks hold the project's against them. First the lecture's optimizers.
struct Moments {
  double m = 0, v = 0;
};

// m = momentum m - lr g; returns w + m
inline double sgd_formula(double g, double lr, double momentum, Moments& moments, double w) {
  moments.m = momentum * moments.m - lr * g;
  return w + moments.m;
}

// lr sqrt(1 - beta2^t) / (1 - beta1^t)
inline double corrected_lr_formula(int t, double lr, double beta1, double beta2) {
  return lr * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
}

// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g²; returns w - rate m / (sqrt(v) + ε)
inline double adam_formula(double g, double rate, double beta1, double beta2, double epsilon, Moments& moments,
                           double w) {
  moments.m = beta1 * moments.m + (1 - beta1) * g;
  moments.v = beta2 * moments.v + (1 - beta2) * g * g;
  return w - rate * moments.m / (std::sqrt(moments.v) + epsilon);
}

// Of a layer with uniform weights in ±range, whose variance is range² / 3, and an activation with the slope `on` behind
// half of its units and `off` behind the others: sqrt(units · range² / 3 · (on² + off²) / 2)
inline double layer_factor_formula(int units, double range, double on, double off) {
  return range * std::sqrt(units * (on * on + off * off) / 6);
}

// The range for which that is 1 with a ReLU and `inputs` units.
inline double he_range_formula(int inputs) {
  return std::sqrt(6.0 / inputs);
}

}  // namespace handgrad
