#include "src/checking/chain.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "src/checking/call.h"
#include "src/checking/numeric_gradient.h"

namespace handgrad {

namespace {

constexpr Real nearest_to_kink = 1e-3;  // far beyond the steps of a numeric gradient

// Whether no unit is near its kink, and every ReLU has units that are on and units that are off.
bool is_well_placed(const std::vector<const Matrix*>& before_relu) {
  return std::all_of(before_relu.begin(), before_relu.end(), [](const Matrix* l) {
    const auto near = [](Real value) { return std::abs(value) < nearest_to_kink; };
    const auto on = [](Real value) { return value > 0; };
    const auto& all = l->values;
    return std::none_of(all.begin(), all.end(), near) && std::any_of(all.begin(), all.end(), on) &&
           !std::all_of(all.begin(), all.end(), on);
  });
}

}  // namespace

Real loss_from(const Chain& chain, const Matrix& variable) {
  const auto& all = chain.forward;
  const auto at = std::find_if(all.begin(), all.end(), [&](const Statement& s) { return &s.result == &variable; });
  for (auto next = at == all.end() ? all.begin() : at + 1; next != all.end(); ++next) next->compute();
  return chain.loss();
}

Matrix numeric(const Chain& chain, Matrix& variable) {
  Matrix grad, uncertainty;
  numeric_gradient([&] { return loss_from(chain, variable); }, variable, grad, uncertainty);
  return grad;
}

void place_well(const Chain& chain, Matrix& x, const std::vector<Matrix*>& parameters,
                const std::vector<const Matrix*>& before_relu) {
  for (std::uint32_t seed = 1; seed < 2000; ++seed) {
    std::uint32_t part = 100 * seed;
    x = random_matrix(x.rows, x.cols, part);
    for (Matrix* parameter : parameters) {
      *parameter = random_matrix(parameter->rows, parameter->cols, ++part);
      // Sums of many inputs stay near 1.
      for (Real& value : parameter->values) value *= std::sqrt(2 / static_cast<Real>(parameter->rows + 1));
    }
    loss_from(chain, x);
    if (is_well_placed(before_relu)) return;
  }
  throw std::logic_error("exercise: no seed places every unit away from its kink");
}

Matrix one_hot(int rows, int classes) {
  Matrix y(rows, classes);
  for (int i = 0; i < rows; ++i) y(i, i % classes) = 1;
  return y;
}

void check_chain(CheckReport& report, const Place& place, const Chain& chain, const std::function<void()>& backward,
                 const std::vector<Variable>& variables) {
  const std::string function = place.group + "_backward";
  std::vector<Equation> equations;
  for (const Variable& v : variables) {
    equations.push_back(
        {place.group, "grad_" + v.name, place.section, function, place.file, "∂loss/∂" + v.name, v.always_zero});
    report.expect(equations.back());
  }
  const CallOutcome outcome = watched_call(function, place.file, backward);
  bool explained = outcome.ending.empty() || outcome.not_written;
  for (std::size_t k = 0; k < variables.size(); ++k) {
    const Variable& v = variables[k];
    if (ended_before(outcome, v.grad)) {
      report.stop(equations[k], outcome.ending,
                  outcome.not_written ? Verdict::State::not_written : Verdict::State::stopped);
      explained = true;
    } else {
      report.compare(equations[k], {v.grad, numeric(chain, v.value), chain.n, v.hints});
    }
  }
  if (!explained) report.stop(call_equation(place.group, function, place.file), outcome.ending);
}

}  // namespace handgrad
