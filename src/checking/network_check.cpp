#include "src/checking/network_check.h"

#include <algorithm>
#include <cstddef>

#include "src/checking/call.h"
#include "src/checking/network_gradients.h"
#include "src/checking/network_trial.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/parameter_list.h"
#include "src/data/iris.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

// Runs a call of the network; false, and told, if it did not return as it should.
bool call(CheckReport& report, const Trial& t, const std::string& name, const std::function<void()>& f,
          const std::vector<const Matrix*>& inputs) {
  const CallOutcome outcome = watched_call(name, t.subject.file, f, inputs);
  if (!outcome.ending.empty()) report.stop(call_equation(t.subject.group, name, t.subject.file), outcome.ending);
  return outcome.ending.empty();
}

// A new network with the same parameters.
std::unique_ptr<Network> copy_of(Trial& t) {
  std::unique_ptr<Network> copy = t.subject.make(t.sizes.hidden, t.sizes.width);
  const std::vector<Parameter> from = t.network->parameters(), to = copy->parameters();
  for (std::size_t k = 0; k < std::min(from.size(), to.size()); ++k) *to[k].value = *from[k].value;
  return copy;
}

// Every gradient must be again what the first backward pass gave; `fault` says what is wrong where it is not.
void check_same(CheckReport& report, Trial& t, const std::vector<Matrix>& first, const std::string& fault) {
  const std::vector<Matrix> again = gradients(*t.network);
  const std::vector<Parameter> parameters = t.network->parameters();
  for (std::size_t k = again.size(); k-- > 0;) {
    if (identical(again[k], first[k])) continue;
    report.stop(t.equation_of(parameters[k].name), fault, Verdict::State::wrong);
  }
}

// Training does not want the gradient of x, which must not change the others.
void check_without_grad_x(CheckReport& report, Trial& t, const std::vector<Matrix>& first) {
  const auto backward = [&] {
    t.network->forward(t.x, Mode::training);
    for (const Parameter& p : t.network->parameters()) {
      if (p.grad != nullptr) p.grad->fill(7);
    }
    t.network->wants_grad_x = false;
    t.network->backward(t.r);
    t.network->wants_grad_x = true;
  };
  if (!call(report, t, t.backward_name(), backward, {&t.x, &t.r})) return;
  check_same(report, t, first, "it gives other numbers when wants_grad_x is false, as it is in training");
}

// Two backward passes of one forward pass, and in between other batches, of the same size and of another, and another
// network must not change what the first one gives; nor may what the gradients held before.
void check_repetition(CheckReport& report, Trial& t, const std::vector<Matrix>& first) {
  const std::unique_ptr<Network> other = copy_of(t);
  for (const int more : {0, 2}) {
    const Matrix other_x = random_matrix(t.sizes.n + more, iris_features, 11);
    const Matrix other_r = random_matrix(t.sizes.n + more, iris_classes, 12);
    const auto both = [&] {
      t.network->forward(other_x, Mode::training);
      t.network->backward(other_r);
      t.network->forward(t.x, Mode::training);
      other->forward(other_x, Mode::training);
      t.network->backward(t.r);
      for (const Parameter& p : t.network->parameters()) {
        if (p.grad != nullptr) p.grad->fill(7);
      }
      t.network->backward(t.r);
    };
    if (!call(report, t, t.backward_name(), both, {&t.x, &t.r, &other_x, &other_r})) return;
    check_same(report, t, first,
               "it gives other numbers for the same batch when it is called again: something is kept between calls");
  }
}

// The backward pass, into gradients that are empty.
CallOutcome call_backward(Trial& t, const Matrix& r) {
  for (const Parameter& p : t.network->parameters()) {
    if (p.grad != nullptr) *p.grad = Matrix();
  }
  std::vector<const Matrix*> inputs{&t.x, &r};
  for (const Output& output : t.network->outputs()) inputs.push_back(output.value);
  return watched_call(
      t.backward_name(), t.subject.file, [&] { t.network->backward(r); }, inputs);
}

// Tells what the backward pass did, with the first gradient that it left unwritten if there is one.
void tell_ending(CheckReport& report, Trial& t, const CallOutcome& outcome) {
  Equation where = call_equation(t.subject.group, t.backward_name(), t.subject.file);
  for (const Parameter& p : t.network->parameters()) {
    if (p.grad != nullptr && ended_before(outcome, *p.grad)) where = t.equation_of(p.name);
  }
  report.stop(where, outcome.ending);
}

// Whether two networks list one array.
std::string fault_of_sharing(Trial& t) {
  const std::unique_ptr<Network> other = t.subject.make(t.sizes.hidden, t.sizes.width);
  const std::vector<Parameter> parameters = t.network->parameters(), of_other = other->parameters();
  for (std::size_t k = 0; k < std::min(parameters.size(), of_other.size()); ++k) {
    if (parameters[k].value == of_other[k].value) return parameters[k].name + " is the array of another network";
  }
  return "";
}

// Whether the forward pass goes by the calls before, so that a new network with the same parameters gives other
// numbers.
std::string fault_of_state(Trial& t) {
  const std::unique_ptr<Network> fresh = copy_of(t);
  const Matrix o = fresh->forward(t.x, Mode::training);
  return identical(t.network->forward(t.x, Mode::training), o) ? "" : "it gives other numbers after another batch";
}

void check_case(CheckReport& report, const Subject& subject, const NetworkCase& sizes) {
  if (sizes.hidden >= deep && report.wrong_count() > 0) return;  // what is wrong in a few layers is told by these
  const std::uint32_t seed = static_cast<std::uint32_t>(sizes.hidden + sizes.width);
  Trial t{subject, sizes, nullptr, Matrix(), random_matrix(sizes.n, iris_classes, seed)};
  const Equation outputs{subject.group, "the outputs", subject.section, subject.network + "::outputs", subject.file};
  std::string fault;
  // Whether a call returned, and found no fault; else the report says what is wrong with that of the network's lists.
  const auto no_fault = [&](const Equation& list, const std::function<std::string()>& look) {
    fault.clear();
    if (!call(report, t, list.function, [&] { fault = look(); }, {&t.r})) return false;
    if (!fault.empty()) report.stop(list, fault, Verdict::State::wrong);
    return fault.empty();
  };
  const auto forward = [&](const Matrix& x) {
    return call(report, t, t.forward_name(), [&] { t.network->forward(x, Mode::training); }, {&x});
  };
  const std::string constructor = subject.network + "::" + subject.network;
  if (!call(report, t, constructor, [&] { t.network = subject.make(sizes.hidden, sizes.width); }, {&t.r})) return;
  if (!no_fault(t.list(), [&] { return fault_of_arrays(t.network->parameters()); })) return;
  for (const Parameter& p : t.network->parameters()) {
    if (array_name(p.name).kind == "bn" && sizes.n < 3) return;
  }
  const Matrix other_x = random_matrix(sizes.n, iris_features, 13);
  if (!forward(other_x)) return;
  if (!no_fault(outputs, [&] { return fault_of_arrays(t.network->outputs()); })) return;
  if (!call(report, t, t.forward_name(), [&] { place_well(t); }, {&t.r})) return;
  if (!no_fault(t.list(), [&] { return fault_of_names(*t.network); })) return;
  if (!no_fault(t.list(), [&] { return fault_of_sharing(t); })) return;
  if (sizes.hidden > 3 && explodes(*t.network)) return;  // a forward pass of one's own may, where there are many layers

  const Equation forward_call = call_equation(subject.group, t.forward_name(), subject.file);
  if (!no_fault(forward_call, [&] { return fault_of_state(t); })) return;
  report.add(t.list(), {static_cast<long>(t.network->parameters().size()), 0, false, 1}, nullptr);
  if (no_fault(t.list(), [&] { return fault_of_parameters(*t.network, t.x, subject.fixed); })) {
    no_fault(outputs, [&] { return fault_of_outputs(*t.network, t.x); });
    no_fault(forward_call, [&] { return fault_of_prediction(*t.network, t.x); });
  }

  if (!forward(other_x)) return;
  call_backward(t, random_matrix(sizes.n, iris_classes, 14));  // what it leaves behind must play no part
  if (!forward(t.x)) return;
  const CallOutcome outcome = call_backward(t, t.r);
  const std::vector<Matrix> first = gradients(*t.network);
  check_gradients(report, t, outcome);
  if (!outcome.ending.empty()) return tell_ending(report, t, outcome);
  check_repetition(report, t, first);
  check_without_grad_x(report, t, first);
}

}  // namespace

const std::vector<NetworkCase>& all_networks() {
  static const std::vector<NetworkCase> cases{{3, 4, 3}, {3, 4, 20}, {3, 4, 2},   {3, 4, 1},   {7, 4, 3},  {7, 4, 2},
                                              {7, 4, 1}, {1, 5, 3},  {2, 10, 20}, {2, 10, 33}, {7, 10, 5}, {45, 10, 3}};
  return cases;
}

const std::vector<NetworkCase>& some_networks() {
  static const std::vector<NetworkCase> cases{{3, 4, 3}, {24, 10, 3}};
  return cases;
}

void check_network(CheckReport& report, const Subject& subject, const std::vector<NetworkCase>& cases) {
  for (const NetworkCase& sizes : cases) check_case(report, subject, sizes);
}

}  // namespace handgrad
