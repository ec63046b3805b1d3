#include "lessons/lesson7/spread.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "lessons/lesson1/network.h"
#include "src/layers/log_loss.h"

namespace handgrad::lesson7 {

namespace {

// The two vectors of all spreads, element by element, brought down to one number by `of`.
Spread combined(const std::vector<Spread>& spreads, double (*of)(std::vector<double> numbers)) {
  Spread result = spreads.front();
  for (std::vector<double> Spread::*part : {&Spread::values, &Spread::gradients}) {
    for (std::size_t i = 0; i < (result.*part).size(); ++i) {
      std::vector<double> numbers;
      for (const Spread& spread : spreads) numbers.push_back((spread.*part)[i]);
      (result.*part)[i] = of(numbers);
    }
  }
  return result;
}

}  // namespace

double layer_factor(int units, double range, double on, double off) {
  const double weight_variance = range * range / 3;             // of uniform numbers in ±range
  const double kept_by_activation = (on * on + off * off) / 2;  // of a mean square, as half of the units are on
  return std::sqrt(units * weight_variance * kept_by_activation);
}

Spread predicted_spread(const std::vector<int>& widths, Init init, double x, double top) {
  const std::size_t last = widths.size() - 1;
  const auto range = [&](std::size_t i) { return init_range(init, widths[i - 1], widths[i]); };
  Spread spread{std::vector<double>(last + 1), std::vector<double>(last + 1)};

  // l_1 = x W_1: no activation is on the way
  spread.values[1] = layer_factor(widths[0], range(1), 1, 1) * x;
  // l_i = ReLU(l_(i-1)) W_i
  for (std::size_t i = 2; i <= last; ++i) {
    spread.values[i] = layer_factor(widths[i - 1], range(i), relu.on, relu.off) * spread.values[i - 1];
  }
  // grad_l_i = grad_l_(i+1) W_(i+1)ᵀ where l_i > 0
  spread.gradients[last] = top;
  for (std::size_t i = last - 1; i >= 1; --i) {
    spread.gradients[i] = layer_factor(widths[i + 1], range(i + 1), relu.on, relu.off) * spread.gradients[i + 1];
  }
  return spread;
}

Spread measured_spread(const std::vector<int>& widths, Init init, std::uint32_t seed, const Matrix& x,
                       const Matrix& y) {
  lesson1::Mlp network(widths);
  initialise(network.parameters(), seed, init);
  Matrix grad_o;
  log_loss_backward(network.forward(x, Mode::training), y, grad_o);
  network.backward(grad_o);

  Spread spread{{0}, {0}};
  for (std::size_t i = 1; i < widths.size(); ++i) {
    spread.values.push_back(root_mean_square(network.l[i]));
    spread.gradients.push_back(root_mean_square(network.grad_l[i]));
  }
  return spread;
}

Spread root_mean_square(const std::vector<Spread>& spreads) {
  return combined(spreads, [](std::vector<double> numbers) {
    double sum = 0;
    for (const double number : numbers) sum += number * number;
    return std::sqrt(sum / static_cast<double>(numbers.size()));
  });
}

Spread median(const std::vector<Spread>& spreads) {
  return combined(spreads, [](std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return (numbers[(numbers.size() - 1) / 2] + numbers[numbers.size() / 2]) / 2;
  });
}

double typical_share(int layers, int width) {
  return std::exp(-1.25 * layers / width);
}

double root_mean_square(const Matrix& matrix) {
  double sum = 0;
  for (const Real value : matrix.values) sum += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(sum / matrix.size());
}

}  // namespace handgrad::lesson7
