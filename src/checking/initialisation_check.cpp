#include "src/checking/initialisation_check.h"

#include <cmath>
#include <functional>
#include <string>

#include "src/checking/call.h"
#include "src/checking/formulas.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

Matrix as_matrix(double value) {
  return Matrix{{static_cast<Real>(value)}};
}

// Compares one number of a function with its formula; false if the call did not return as it should.
bool check_number(CheckReport& report, const Equation& equation, const std::function<double()>& function,
                  double expected, const Hints& hints, const std::string& where) {
  double yours = 0;
  const CallOutcome outcome = watched_call(equation.function, equation.file, [&] { yours = function(); });
  if (!outcome.ending.empty()) {
    report.stop(equation, outcome.ending, outcome.not_written ? Verdict::State::not_written : Verdict::State::stopped);
    return false;
  }
  report.compare(equation, {as_matrix(yours), as_matrix(expected), 1, hints, where}, Real(1e-10));
  return true;
}

}  // namespace

void check_he_range(CheckReport& report, HeRange function, const File& file) {
  const Equation range{"he", "range", "7", "he_range", file};
  report.expect(range);
  for (const int inputs : {10, 4, 1, 100, 1000}) {
    for (const int outputs : {3, 10, 257}) {
      const Hints hints{
          {},
          {{"the ReLU's half is forgotten: yours is sqrt(3 / inputs)", as_matrix(std::sqrt(3.0 / inputs))},
           {"the variance of a uniform weight is range² / 3, not range²", as_matrix(std::sqrt(2.0 / inputs))},
           {"the root is forgotten: yours is 6 / inputs", as_matrix(6.0 / inputs)},
           {"yours goes by the outputs: it keeps the gradients, not the values", as_matrix(std::sqrt(6.0 / outputs))},
           {"yours is Glorot's, sqrt(6 / (inputs + outputs))", as_matrix(std::sqrt(6.0 / (inputs + outputs)))}}};
      if (!check_number(
              report, range, [&] { return function(inputs, outputs); }, he_range_formula(inputs), hints,
              formatted("a layer of %d inputs and %d outputs", inputs, outputs))) {
        return;
      }
    }
  }
}

void check_layer_factor(CheckReport& report, LayerFactor function, const File& file) {
  const Equation factor{"layer_factor", "factor", "7", "layer_factor", file};
  report.expect(factor);
  const struct {
    double on, off;
    const char* activation;
  } slopes[] = {{1, 0, "ReLU"}, {1, 0.25, "LeakyReLU"}, {1, 1, "a tanh near 0"}, {0.25, 0.25, "a sigmoid near 0"}};
  for (const int units : {10, 4, 100}) {
    for (const double range : {0.01, 0.5, 2.0}) {
      for (const auto& s : slopes) {
        const double expected = layer_factor_formula(units, range, s.on, s.off);
        const Hints hints{
            {},
            {{"the root is forgotten: yours is that of the variance", as_matrix(expected * expected)},
             {"the variance of a uniform weight is range² / 3, not range²", as_matrix(expected * std::sqrt(3.0))},
             {"that only half of the units are on is forgotten", as_matrix(expected * std::sqrt(2.0))},
             {"the sum over the layer's units is forgotten", as_matrix(expected / std::sqrt(1.0 * units))}}};
        if (!check_number(
                report, factor, [&] { return function(units, range, s.on, s.off); }, expected, hints,
                formatted("%d units, weights in ±%g, %s", units, range, s.activation))) {
          return;
        }
      }
    }
  }
}

}  // namespace handgrad
