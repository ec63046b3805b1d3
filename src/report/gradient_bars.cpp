#include "src/report/gradient_bars.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "src/io/text.h"
#include "src/report/picture.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr int lowest_decade = -15, places = 30;
constexpr std::size_t most_bars = 26;

double mean_abs(const Matrix& matrix) {
  double sum = 0;
  for (const Real value : matrix.values) sum += std::abs(static_cast<double>(value));
  return sum / matrix.size();
}

double standard_deviation(const Matrix& matrix) {
  double mean = 0, variance = 0;
  for (const Real value : matrix.values) mean += static_cast<double>(value) / matrix.size();
  for (const Real value : matrix.values) {
    variance += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean) / matrix.size();
  }
  return std::sqrt(variance);
}

// " -5.3 #####", padded to the full length.
std::string bar(double value) {
  if (value == 0) return formatted("%6s %-*s", "0", places, "");
  const double decade = std::log10(value);
  const double length = std::round(places * (decade - lowest_decade) / -lowest_decade);
  const std::size_t marks = static_cast<std::size_t>(std::clamp(length, 0.0, 1.0 * places));
  return formatted("%6.1f %-*s", decade, places, std::string(marks, '#').c_str());
}

// The last output with the weight's number: plus2_out for fc2_weight, where fc2_out, relu2_out and plus2_out have a 2.
const Matrix& output_of(const Parameter& weight, const std::vector<Output>& outputs) {
  const int number = array_name(weight.name).number;
  const auto last = std::find_if(outputs.rbegin(), outputs.rend(),
                                 [&](const Output& output) { return array_name(output.name).number == number; });
  if (last == outputs.rend()) throw std::invalid_argument("gradient_bars: no output has the number of " + weight.name);
  return *last->value;
}

}  // namespace

std::string gradient_bars(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters) {
  const std::vector<Parameter> weights = weights_of(parameters);

  std::string text =
      formatted("%-7s log10 mean |grad|%-*s log10 standard deviation of its values\n", "", places - 10, "");
  for (const std::size_t k : evenly_spread(weights.size(), most_bars)) {
    const Matrix& output = k + 1 == weights.size() ? *outputs.back().value : output_of(weights[k], outputs);
    text += formatted("%-7s", array_name(weights[k].name).layer().c_str()) + bar(mean_abs(*weights[k].grad)) +
            bar(standard_deviation(output));
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

}  // namespace handgrad
