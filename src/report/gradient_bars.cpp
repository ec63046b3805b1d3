#include "src/report/gradient_bars.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/data/text.h"
#include "src/report/picture.h"

namespace handgrad {

namespace {

constexpr int lowest_decade = -15, places = 30;
constexpr std::size_t most_layers = 26;

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
  const std::size_t marks = static_cast<std::size_t>(std::min(std::max(length, 0.0), 1.0 * places));
  return formatted("%6.1f %-*s", decade, places, std::string(marks, '#').c_str());
}

}  // namespace

std::string gradient_bars(const std::vector<NamedValue>& values, const std::vector<Parameter>& parameters) {
  std::vector<Parameter> weights;
  for (const Parameter& parameter : parameters) {
    if (has_ending(parameter.name, "_weight")) weights.push_back(parameter);
  }
  std::vector<const Matrix*> handed_on;
  for (const NamedValue& value : values) {
    if (value.name.compare(0, 2, "fc") == 0) handed_on.push_back(nullptr);
    handed_on.back() = value.value;
  }

  std::string text =
      formatted("%-7s log10 mean |grad|%-*s log10 standard deviation of its values\n", "", places - 10, "");
  for (const std::size_t k : evenly_spread(weights.size(), most_layers)) {
    text += formatted("%-7s", layer_of(weights[k].name).c_str()) + bar(mean_abs(*weights[k].grad)) +
            bar(standard_deviation(*handed_on[k]));
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

}  // namespace handgrad
