#pragma once

#include <cstdint>
#include <vector>

#include "src/matrix/matrix.h"
#include "src/training/initialisation.h"

namespace handgrad::lesson7 {

// An activation by its slopes, where l > 0 and where l < 0. A sigmoid and a tanh are nearly straight near l = 0.
struct Activation {
  const char* name;
  double on, off;
};
constexpr Activation relu{"ReLU", 1, 0};
constexpr Activation activations[] = {
    relu, {"LeakyReLU 0.25", 1, 0.25}, {"sigmoid near 0", 0.25, 0.25}, {"tanh near 0", 1, 1}};

// By what factor a layer changes a standard deviation: sqrt(units · range² / 3 · (on² + off²) / 2). On the way up,
// where l_i = h_(i-1) W_i, `units` are the layer's inputs, on the way back, where grad_h_(i-1) = grad_l_i W_iᵀ, its
// outputs; `range` is that of its weights, `on` and `off` are the slopes of the activation on the way. Glorot and
// Bengio (2010), section 4.2; He, Zhang, Ren, Sun (2015), section 2.2.
double layer_factor(int units, double range, double on, double off);

// How large the values and gradients of lesson 1's network are before its first step: of every layer (1, 2, …; [0] is
// not used) the standard deviation of l and of grad_l. Their mean over all draws of the weights is 0, so it is the root
// of the mean square, here over units and flowers.
struct Spread {
  std::vector<double> values, gradients;
};

// By the factors alone. Upwards they begin with x, the root of the inputs' mean square, downwards with top, the
// standard deviation of the last layer's grad_l.
Spread predicted_spread(const std::vector<int>& widths, Init init, double x, double top);

// Of the weights that a seed draws, for this batch.
Spread measured_spread(const std::vector<int>& widths, Init init, std::uint32_t seed, const Matrix& x, const Matrix& y);

// Of several seeds: the root of the mean of their squares, which predicted_spread predicts; and their median.
Spread root_mean_square(const std::vector<Spread>& spreads);
Spread median(const std::vector<Spread>& spreads);

// What is left of the predicted standard deviation in the typical network, where ReLU layers of `width` units lie on
// the way: exp(-5/4 · layers / width). The handout derives it; Hanin and Rolnick (2018), "How to start training".
double typical_share(int layers, int width);

// The root of the mean square of a matrix's elements.
double root_mean_square(const Matrix& matrix);

}  // namespace handgrad::lesson7
