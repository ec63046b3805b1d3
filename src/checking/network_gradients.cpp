#include "src/checking/network_gradients.h"

#include <algorithm>
#include <cstddef>

#include "src/checking/agreement.h"
#include "src/checking/child.h"
#include "src/checking/numeric_gradient.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

// The parameter whose gradient it is that stands under the name of another; empty if it is none.
std::string owner_of(const Trial& t, const Question& question, const std::string& name) {
  for (const Parameter& p : t.network->parameters()) {
    if (p.name == name || p.grad == nullptr || !same_shape(*p.value, question.yours)) continue;
    const Question of_other{question.yours, *p.value, question.loss};
    if (agreement(of_other).error <= Real(1e-6)) return p.name;
  }
  return "";
}

Real largest_gradient(const std::vector<Matrix>& gradients) {
  Real largest = 0;
  for (const Matrix& grad : gradients) largest = std::max(largest, largest_size(grad));
  return largest;
}

// One parameter's gradient by itself.
void check_gradient(CheckReport& report, Trial& t, const Parameter& p, const Question& question) {
  const Agreement found = agreement(question);
  const bool wrong = !(found.error <= Real(1e-6));
  const std::string owner =
      wrong && report.wrong_count() == 0 && found.numeric_size > Real(1e-6) ? owner_of(t, question, p.name) : "";
  const bool of_another_layer = !owner.empty() && array_name(owner).number != array_name(p.name).number;
  if (of_another_layer) {  // in one layer they are exchanged by the call
    report.stop(t.list(), "the gradient listed for " + p.name + " is that of " + owner, Verdict::State::wrong);
    return;
  }
  report.add(t.equation_of(p.name), {p.value->size(), found.error, wrong, found.numeric_size}, [&] {
    Comparison details{question.yours, numeric_for_diagnosis(question), t.sizes.n, {}, t.text(p.name)};
    question.loss();
    if (t.subject.mistaken) details.hints.mistakes = t.subject.mistaken(*t.network, t.r, p.name);
    if (!owner.empty()) details.hints.mistakes.push_back({"it is the gradient of " + owner, question.yours});
    return details;
  });
}

}  // namespace

std::vector<Matrix> gradients(Network& network) {
  std::vector<Matrix> all;
  for (const Parameter& p : network.parameters()) all.push_back(p.grad == nullptr ? Matrix() : *p.grad);
  return all;
}

void check_gradients(CheckReport& report, Trial& t, const CallOutcome& outcome) {
  const auto loss = [&] { return weighted_sum(t.network->forward(t.x, Mode::training), t.r); };
  const std::vector<Matrix> yours = gradients(*t.network);
  std::vector<Parameter> trained;
  std::vector<Question> questions;
  now_calling(t.forward_name() + ", " + t.subject.file);
  const std::vector<Parameter> parameters = t.network->parameters();
  bool by_layer = t.sizes.hidden < deep;
  for (std::size_t k = parameters.size(); k-- > 0;) {
    const Parameter& p = parameters[k];
    if (p.grad != nullptr && !ended_before(outcome, *p.grad)) {
      trained.push_back(p);
      questions.push_back({yours[k], *p.value, loss});
      // The bias before a batch norm has gradient 0 but for rounding, which grows with the gradients there.
      if (t.equation_of(p.name).always_zero) questions.back().scale = std::max(Real(1), largest_gradient(yours));
    }
    const bool ends = k == 0 || (by_layer && array_name(parameters[k - 1].name).number != array_name(p.name).number);
    if (!ends || questions.empty()) continue;
    const Agreement joint = joint_agreement(questions);
    if (!by_layer && !(joint.error <= Real(1e-6))) {
      by_layer = true;
      k = parameters.size();
      trained.clear();
      questions.clear();
      continue;
    }
    for (std::size_t i = 0; i < trained.size(); ++i) {
      if (joint.error <= Real(1e-6)) {
        const Real size = largest_size(questions[i].yours);
        report.add(t.equation_of(trained[i].name), {trained[i].value->size(), joint.error, false, size}, nullptr);
      } else {
        check_gradient(report, t, trained[i], questions[i]);
      }
    }
    trained.clear();
    questions.clear();
  }
}

}  // namespace handgrad
