#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "src/checking/call.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/training_checks.h"

namespace handgrad {

namespace {

// The gradients of a test, every third missing, each element this large, and the bound.
struct Gradients {
  double size, bound;
  std::string where;
};

std::vector<Gradients> all_gradients() {
  return {{1, 0.5, "a norm above the bound"},      {1, 1e-3, "a norm far above the bound"},
          {1e30, 1, "gradients near 1e30"},        {1e-3, 1e3, "a norm below the bound"},
          {1e-30, 1, "gradients near 1e-30"},      {1e-30, 1e-31, "tiny gradients above a tiny bound"},
          {1, 5, "a norm not far from the bound"}, {0, 1, "gradients that are 0"}};
}

}  // namespace

void check_clip(CheckReport& report, decltype(&clip_gradients) function, const File& file) {
  const Equation norm{"clip", "the norm", "7", "clip_gradients", file}, grad{"clip", "g", "7", "clip_gradients", file};
  for (const Equation& equation : {norm, grad}) report.expect(equation);
  for (const Gradients& given : all_gradients()) {
    for (const std::size_t count : {1u, 2u, 7u}) {
      std::vector<Matrix> w, before, after;
      double sum = 0;
      for (std::size_t k = 0; k < count; ++k) {
        w.push_back(random_matrix(static_cast<int>(k) + 1, 3, static_cast<std::uint32_t>(k) + 1));
        before.push_back(w.back());
        for (Real& g : before.back().values) {
          g *= static_cast<Real>(given.size);
          if (k % 3 != 2) sum += static_cast<double>(g) * static_cast<double>(g);
        }
      }
      after = before;
      std::vector<Parameter> parameters;
      for (std::size_t k = 0; k < count; ++k) {
        const std::string fc = "fc" + std::to_string(k / 2 + 1);
        parameters.push_back({fc + (k % 2 == 0 ? "_weight" : "_bias"), &w[k], k % 3 == 2 ? nullptr : &after[k]});
      }
      double yours = 0;
      std::vector<const Matrix*> inputs;
      for (const Matrix& value : w) inputs.push_back(&value);
      const CallOutcome outcome = watched_call(
          "clip_gradients", file, [&] { yours = function(parameters, given.bound); }, inputs);
      if (!outcome.ending.empty()) {
        for (const Equation& equation : {norm, grad}) {
          if (outcome.not_written) report.stop(equation, outcome.ending, Verdict::State::not_written);
        }
        if (!outcome.not_written) report.stop(call_equation("clip", "clip_gradients", file), outcome.ending);
        return;
      }
      const double length = std::sqrt(sum), scale = length > given.bound ? given.bound / length : 1;
      const auto number = [](double value) { return Matrix{{static_cast<Real>(value)}}; };
      report.compare(norm,
                     {number(yours), number(length), 1, {{}, {{"the root is forgotten", number(sum)}}}, given.where},
                     Real(1e-10));
      for (std::size_t k = 0; k < count; ++k) {
        Matrix expected = before[k];
        for (Real& g : expected.values) g *= static_cast<Real>(k % 3 == 2 ? 1 : scale);
        report.compare(grad, {after[k], expected, 1, {}, parameters[k].name + ", " + given.where}, Real(1e-10));
      }
    }
  }
}

}  // namespace handgrad
