#include "src/checking/call.h"

#include <algorithm>
#include <cmath>

#include "src/checking/child.h"
#include "src/checking/guards.h"
#include "src/checking/not_written.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/thrown.h"

namespace handgrad {

CallOutcome watched_call(const std::string& function, const std::string& file, const std::function<void()>& call,
                         const std::vector<const Matrix*>& inputs) {
  std::vector<Matrix> before;
  for (const Matrix* input : inputs) before.push_back(*input);
  CallOutcome outcome;
  now_calling(function + ", " + file);
  try {
    call();
  } catch (const NotWrittenYet& error) {
    outcome = {error.what(), true};
  } catch (...) {
    outcome.ending = thrown_text();
  }
  if (written_outside()) outcome = {"it wrote outside a matrix, through a pointer", false};
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    if (identical(*inputs[k], before[k])) continue;
    outcome = {"it changed what it was given to read", false};
    const_cast<Matrix&>(*inputs[k]) = before[k];  // or the next call would be at fault
  }
  return outcome;
}

Equation call_equation(const std::string& group, const std::string& function, const std::string& file) {
  return {group, the_call, "", function, file};
}

bool identical(const Matrix& a, const Matrix& b) {
  const auto same = [](Real x, Real y) {
    return (x == y && std::signbit(x) == std::signbit(y)) || (std::isnan(x) && std::isnan(y));
  };
  return same_shape(a, b) && std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), same);
}

bool ended_before(const CallOutcome& outcome, const Matrix& grad) {
  if (outcome.ending.empty()) return false;
  const auto is_nan = [](Real value) { return std::isnan(value); };
  const auto& all = grad.values;
  if (outcome.not_written) return std::all_of(all.begin(), all.end(), is_nan);
  return std::any_of(all.begin(), all.end(), is_nan) || largest_size(grad) == 0;
}

}  // namespace handgrad
