#include "src/checking/judge.h"

#include <algorithm>
#include <cmath>

#include "src/checking/agreement.h"
#include "src/checking/call.h"
#include "src/checking/child.h"
#include "src/checking/numeric_gradient.h"
#include "src/io/text.h"
#include "src/training/anomalies.h"

namespace handgrad {

namespace {

std::string forward_name(const std::string& layer) {
  return layer + "_forward";
}

std::string forward_file(const std::string& layer) {
  return "src/layers/" + layer + ".cpp";
}

std::vector<Matrix> copies(const std::vector<Gradient>& gradients) {
  std::vector<Matrix> all;
  for (const Gradient& g : gradients) all.push_back(g.yours);
  return all;
}

// A forward pass with other inputs, which must play no part in what comes.
void pass_other_inputs(const Judged& judged) {
  const auto negate = [&] {
    for (const Gradient& g : judged.gradients) {
      for (Real& value : g.input.values) value = -value;
    }
  };
  Matrix out;
  negate();
  judged.forward(out);
  negate();
}

CallOutcome call_backward(const Judged& judged) {
  const Equation& first = judged.gradients.front().equation;
  return watched_call(first.function, first.file, judged.backward, judged.inputs);
}

}  // namespace

void Judge::all(const std::function<void(const Case&)>& one) {
  const std::vector<Case>& cases = all_cases();
  results.assign(cases.size(), {});
  again = false;
  for (number = 0; number < cases.size(); ++number) {
    now = cases[number];
    one(now);
  }
  again = true;
  for (number = cases.size(); number-- > 0;) {
    now = cases[number];
    one(now);
  }
  if (!changed_forward.empty()) tell_changed_forward();
}

bool Judge::forward(const std::string& layer, const std::function<void()>& pass,
                    const std::vector<const Matrix*>& inputs) {
  const CallOutcome outcome = watched_call(forward_name(layer), forward_file(layer), pass, inputs);
  if (outcome.ending.empty()) return true;
  report.stop(call_equation(layer, forward_name(layer), forward_file(layer)), outcome.ending);
  return false;
}

void Judge::judge(const Judged& judged) {
  for (const Gradient& g : judged.gradients) report.expect(g.equation);
  function = judged.gradients.front().equation.function;
  Matrix out;
  if (!forward(
          judged.layer, [&] { judged.forward(out); }, judged.inputs))
    return;
  if (!again) hold_against_formula(judged, out);
  if (!all_finite(out) && now.kind != Case::Kind::plain) return;  // a forward pass of one's own, far from its domain

  pass_other_inputs(judged);
  for (const Gradient& g : judged.gradients) g.yours = Matrix();
  const CallOutcome outcome = call_backward(judged);
  const std::vector<Matrix> fresh = copies(judged.gradients);
  for (std::size_t k = 0; k < fresh.size(); ++k) {
    const Gradient& g = judged.gradients[k];
    if (ended_before(outcome, fresh[k]) && now.kind != Case::Kind::all_zero) {
      report.stop(g.equation, outcome.ending,
                  outcome.not_written ? Verdict::State::not_written : Verdict::State::stopped);
    } else if (!again) {
      hold_against_differences(judged, g, fresh[k]);
    } else if (!results[number].empty() && !identical(fresh[k], results[number][k])) {
      report.stop(g.equation,
                  "it gives other numbers when it is called again with the same: it keeps something between calls",
                  Verdict::State::wrong);
    }
  }
  if (!outcome.ending.empty() && !outcome.not_written) tell_ending(judged, outcome.ending);
  if (again) return;
  results[number] = fresh;
  if (outcome.ending.empty()) call_into_used_storage(judged, fresh);
}

void Judge::tell_ending(const Judged& judged, const std::string& ending) {
  const Verdict* const first = report.first_wrong();
  for (const Gradient& g : judged.gradients) {
    if (first != nullptr && first->equation.function == function && first->equation.name == g.equation.name) {
      report.stop(g.equation, ending);
      return;
    }
  }
  const Equation& e = judged.gradients.front().equation;
  report.stop(call_equation(e.group, e.function, e.file), ending);
}

void Judge::call_into_used_storage(const Judged& judged, const std::vector<Matrix>& fresh) {
  const struct { int rows, cols; } larger[] = {{0, 0}, {2, 2}, {0, 2}, {2, 0}};
  for (const auto& more : larger) {
    for (const Gradient& g : judged.gradients) g.yours = Matrix(g.input.rows + more.rows, g.input.cols + more.cols, 7);
    const CallOutcome outcome = call_backward(judged);
    for (std::size_t k = 0; k < fresh.size(); ++k) {
      const Gradient& g = judged.gradients[k];
      if (outcome.ending.empty() && identical(g.yours, fresh[k])) continue;
      report.stop(g.equation,
                  "it depends on what its output held before the call: every element must be set" +
                      (outcome.ending.empty() ? "" : "; it threw " + outcome.ending),
                  Verdict::State::wrong);
    }
  }
}

void Judge::hold_against_formula(const Judged& judged, const Matrix& out) {
  Matrix expected;
  judged.formula(expected);
  if (same_shape(out, expected) && all_finite(expected)) {
    for (int k = 0; k < out.size(); ++k) {
      if (!std::isnan(out[k])) continue;
      report.stop(call_equation(judged.layer, forward_name(judged.layer), forward_file(judged.layer)),
                  formatted("it gives NaN where it should give %.6g; the case: ", static_cast<double>(expected[k])) +
                      kind_text(now),
                  Verdict::State::wrong);
      return;
    }
  }
  if (!changed_forward.empty()) return;
  if (same_shape(out, expected) && !all_finite(out) && !all_finite(expected)) {
    changed_forward =
        forward_name(judged.layer) +
        " overflows, as its formula does when it is calculated word for word; the case, left out: " + kind_text(now);
    return;
  }
  if (relative_error(out, expected, largest_size(expected) / 100) <= Real(1e-9)) return;
  const WorstElement worst = same_shape(out, expected) ? worst_element(out, expected, 1) : WorstElement{};
  changed_forward = forward_name(judged.layer) + " is no longer that of its formula";
  if (same_shape(out, expected)) {
    changed_forward += formatted(": it gives %.6g, the formula %.6g (row %d, column %d)",
                                 static_cast<double>(out(worst.row, worst.col)),
                                 static_cast<double>(expected(worst.row, worst.col)), worst.row, worst.col);
  }
}

void Judge::hold_against_differences(const Judged& judged, const Gradient& g, const Matrix& yours) {
  Matrix out;
  const auto loss_of = [&](const std::function<void(Matrix&)>& pass) {
    return std::function<Real()>([&out, &judged, pass] {
      pass(out);
      return weighted_sum(out, judged.r);
    });
  };
  // Beside gradients that are all 0, rounding counts as nothing.
  const Real scale = now.kind == Case::Kind::all_zero ? 1 : largest_size(judged.r);
  const Question question{yours, g.input, g.own_loss ? g.own_loss : loss_of(judged.forward),
                          scale, true,    now.kind == Case::Kind::kink};
  now_calling(forward_name(judged.layer) + ", " + forward_file(judged.layer));
  const Agreement found = agreement(question);
  const bool wrong = !(found.error <= Real(1e-6));
  report.add(g.equation, {g.input.size(), found.error, wrong, found.numeric_size}, [&] {
    Comparison details{yours, numeric_for_diagnosis(question), now.n, g.hints ? g.hints() : Hints{}, kind_text(now)};
    if (!changed_forward.empty() && !g.own_loss) {
      const Question of_formula{yours, g.input, loss_of(judged.formula), question.scale, true, question.kink_allowed};
      const bool agrees = agreement(of_formula).error <= Real(1e-6);
      if (agrees)
        details.hints.mistakes.insert(details.hints.mistakes.begin(), {changed_forward + "; yours still is", yours});
    }
    return details;
  });
}

void Judge::tell_changed_forward() {
  std::string right;
  for (const Verdict& v : report.verdicts) {
    if (v.is_right() && v.equation.function == function) right += (right.empty() ? "" : ", ") + v.equation.name;
  }
  report.note(changed_forward +
              (right.empty() ? "" : "; against the forward pass as it is now, " + right + " is right"));
}

}  // namespace handgrad
