#include "src/checking/check_report.h"

#include <algorithm>
#include <cmath>

#include "src/checking/numeric_gradient.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

bool same_equation(const Equation& a, const Equation& b) {
  return a.group == b.group && a.function == b.function && a.name == b.name;
}

// Whether a came to be wrong before b did.
bool sooner(const Verdict& a, const Verdict& b) {
  return a.wrong_at != 0 && (b.wrong_at == 0 || a.wrong_at < b.wrong_at);
}

std::string worst_element_text(const Comparison& comparison) {
  const Matrix& yours = comparison.yours;
  const Matrix& numeric = comparison.numeric;
  if (!same_shape(yours, numeric) || yours.size() == 0) return "";
  const WorstElement worst = worst_element(yours, numeric, Real(1e-4) * largest_size(numeric));
  return formatted("row %d, column %d (from 0) of %d×%d, in a batch of %d: yours %.9g, numeric %.9g", worst.row,
                   worst.col, numeric.rows, numeric.cols, comparison.n,
                   static_cast<double>(yours(worst.row, worst.col)),
                   static_cast<double>(numeric(worst.row, worst.col)));
}

}  // namespace

Verdict& CheckReport::verdict_of(const Equation& equation) {
  for (Verdict& verdict : verdicts) {
    if (same_equation(verdict.equation, equation)) return verdict;
  }
  verdicts.emplace_back();
  verdicts.back().equation = equation;
  return verdicts.back();
}

void CheckReport::mark(Verdict& verdict, Verdict::State state) {
  if (verdict.wrong_at == 0) verdict.wrong_at = last_wrong_at() + 1;
  if (verdict.state == Verdict::State::right || verdict.state == Verdict::State::unfinished) verdict.state = state;
}

void CheckReport::expect(const Equation& equation) {
  const std::size_t before = verdicts.size();
  const Verdict& verdict = verdict_of(equation);
  if (tell_verdict && verdicts.size() > before) tell_verdict(verdict);
}

void CheckReport::add(const Equation& equation, const Case& judged, const std::function<Comparison()>& comparison) {
  Verdict& verdict = verdict_of(equation);
  verdict.blind = verdict.blind && !equation.always_zero && judged.numeric_size < Real(1e-6);
  verdict.elements += judged.elements;
  verdict.worst_error = std::max(verdict.worst_error, judged.error);
  if (judged.wrong && verdict.state == Verdict::State::right) {
    mark(verdict, Verdict::State::wrong);
    const Comparison details = comparison();
    verdict.where = details.where;
    verdict.worst = worst_element_text(details);
    verdict.cause = likely_cause(details);
  }
  if (tell_verdict) tell_verdict(verdict);
}

void CheckReport::compare(const Equation& equation, const Comparison& comparison, Real bound) {
  const Real size = largest_size(comparison.numeric);
  const Real error =
      relative_error(comparison.yours, comparison.numeric, equation.always_zero ? Real(1e-2) : Real(1e-2) * size);
  add(equation, {comparison.numeric.size(), error, !(error <= bound), size}, [&] { return comparison; });
}

void CheckReport::stop(const Equation& equation, const std::string& ending, Verdict::State state) {
  Verdict& verdict = verdict_of(equation);
  mark(verdict, state);
  if (verdict.ending.empty()) verdict.ending = ending;
  if (tell_verdict) tell_verdict(verdict);
}

void CheckReport::take(const Verdict& verdict, int wrong_before) {
  Verdict& own = verdict_of(verdict.equation);
  own = verdict;
  if (own.wrong_at != 0) own.wrong_at += wrong_before;
}

void CheckReport::note(const std::string& text) {
  if (std::find(notes.begin(), notes.end(), text) != notes.end()) return;
  notes.push_back(text);
  if (tell_note) tell_note(text);
}

const Verdict* CheckReport::first_wrong() const {
  const auto first = std::min_element(verdicts.begin(), verdicts.end(), sooner);
  if (first != verdicts.end() && first->wrong_at != 0) return &*first;
  const auto other = std::find_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return !v.is_right(); });
  return other != verdicts.end() ? &*other : nullptr;
}

int CheckReport::last_wrong_at() const {
  int last = 0;
  for (const Verdict& verdict : verdicts) last = std::max(last, verdict.wrong_at);
  return last;
}

int CheckReport::wrong_count() const {
  return static_cast<int>(
      std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return !v.is_right(); }));
}

int CheckReport::equation_count() const {
  return static_cast<int>(
      std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.equation.name != the_call; }));
}

int CheckReport::right_count() const {
  const int right =
      static_cast<int>(std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.is_right(); }));
  return right == equation_count() && wrong_count() > 0 ? std::max(0, right - 1) : right;
}

}  // namespace handgrad
