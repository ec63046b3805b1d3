#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "src/checking/call.h"
#include "src/checking/formulas.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/training_checks.h"

namespace handgrad {

namespace {

const char* const file = "src/training/optimizer.cpp";

// The parameters of the test, as a network of 7 layers has them: small, some of one shape, and every third without a
// gradient, whatever it is called.
struct Parameters {
  std::vector<Matrix> w, grad;

  Parameters() {
    for (std::uint32_t k = 0; k < 28; ++k) {
      w.push_back(random_matrix(k % 5 == 0 ? 2 : 1, k % 4 < 2 ? 3 : 4, k + 1));
      grad.push_back(k % 3 == 1 ? Matrix() : w.back());
    }
  }
  std::vector<Parameter> list() {
    std::vector<Parameter> all;
    for (std::size_t k = 0; k < w.size(); ++k) {
      const std::string number = std::to_string(k / 4 + 1);
      const char* const kinds[] = {"fc", "fc", "bn", "bn"};
      const char* const ends[] = {"_weight", "_bias", "_gamma", "_beta"};
      all.push_back({kinds[k % 4] + number + ends[k % 4], &w[k], k % 3 == 1 ? nullptr : &grad[k]});
    }
    return all;
  }
};

// Gradients of step t: they change their sign and shrink.
void set_gradients(Parameters& parameters, int t) {
  for (std::size_t k = 0; k < parameters.grad.size(); ++k) {
    for (int i = 0; i < parameters.grad[k].size(); ++i) {
      parameters.grad[k][i] = static_cast<Real>(std::exp(-0.01 * t) * std::cos(t + 2.0 * i + static_cast<double>(k)));
    }
  }
}

// One step by the formulas.
void step_by_formula(const OptimizerSettings& s, int t, const Parameters& given,
                     std::vector<std::vector<Moments>>& moments, std::vector<Matrix>& w) {
  const double rate = corrected_lr_formula(t, s.lr, s.beta1, s.beta2);
  for (std::size_t k = 0; k < w.size(); ++k) {
    moments[k].resize(static_cast<std::size_t>(w[k].size()));
    for (int i = 0; i < given.grad[k].size(); ++i) {
      Moments& own = moments[k][static_cast<std::size_t>(i)];
      w[k][i] =
          static_cast<Real>(s.kind == OptimizerSettings::Kind::sgd
                                ? sgd_formula(given.grad[k][i], s.lr, s.momentum, own, w[k][i])
                                : adam_formula(given.grad[k][i], rate, s.beta1, s.beta2, s.epsilon, own, w[k][i]));
    }
  }
}

void check_settings(CheckReport& report, const OptimizerSettings& s, const Equation& equation) {
  Parameters parameters, others;
  const std::vector<Parameter> listed = parameters.list(), of_others = others.list();
  std::vector<Matrix> expected = parameters.w;
  std::vector<std::vector<Moments>> moments(expected.size());
  Optimizer optimizer(s, listed), other_optimizer(s, of_others);
  int t = 0;
  // Steps up to a number, and another network's in between, which play no part.
  const auto steps_to = [&](int last) {
    while (t < last) {
      set_gradients(parameters, ++t);
      set_gradients(others, t + 7);
      optimizer_step(optimizer, listed);
      if (t % 2 == 0) optimizer_step(other_optimizer, of_others);
      step_by_formula(s, t, parameters, moments, expected);
    }
  };
  for (const int last : {1, 2, 3, 4, 5, 11, 101, 512, 513, 1000, 1001}) {
    const CallOutcome outcome = watched_call("optimizer_step", file, [&] { steps_to(last); });
    if (!outcome.ending.empty()) {
      report.stop(equation, outcome.ending);
      return;
    }
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const std::string where = listed[k].name + (k % 3 == 1 ? ", which has no gradient," : "") +
                                " of a network of 7 layers, after step " + std::to_string(t);
      report.compare(equation, {parameters.w[k], expected[k], 3, {}, where}, Real(1e-9));
    }
    set_gradients(others, t);
    if (!identical(parameters.grad[2], others.grad[2])) {
      report.stop(call_equation("optimizer", "optimizer_step", file), "it changes the gradients that it is given");
      return;
    }
  }
}

}  // namespace

void check_optimizer_step(CheckReport& report) {
  OptimizerSettings own_sgd = lecture_sgd(), own_adam = lecture_adam();
  own_sgd.lr = 0.3;
  own_sgd.momentum = 0;
  own_adam.lr = 0.02;
  own_adam.beta1 = 0.8;
  own_adam.beta2 = 0.99;
  own_adam.epsilon = 1e-3;
  for (const OptimizerSettings& s : {lecture_sgd(), own_sgd, lecture_adam(), own_adam}) {
    const bool sgd = s.kind == OptimizerSettings::Kind::sgd;
    check_settings(report, s,
                   {"optimizer", std::string("w after 1000 steps, ") + (sgd ? "sgd" : "adam"), sgd ? "3 (6)" : "1 (3)",
                    "optimizer_step", file});
  }
}

void check_parameters(CheckReport& report) {
  const Equation list{"parameters", "the list", "1 (4)", "fully_connected_parameters", "src/training/parameters.cpp"};
  std::vector<Matrix> W{Matrix(), Matrix(4, 2), Matrix(2, 2), Matrix(2, 3)}, b = W, grad_W = W, grad_b = W;
  std::vector<Parameter> all;
  const CallOutcome outcome =
      watched_call(list.function, list.file, [&] { all = fully_connected_parameters(W, b, grad_W, grad_b); });
  if (!outcome.ending.empty()) report.stop(call_equation(list.group, list.function, list.file), outcome.ending);
  report.add(list, {static_cast<long>(all.size()), 0, false, 1}, nullptr);
  for (std::size_t k = 0; k < 6; ++k) {
    const std::size_t fc = k / 2 + 1;
    const bool weight = k % 2 == 0;
    const std::string name = "fc" + std::to_string(fc) + (weight ? "_weight" : "_bias");
    const bool right = k < all.size() && all[k].name == name && all[k].value == &(weight ? W : b)[fc] &&
                       all[k].grad == &(weight ? grad_W : grad_b)[fc];
    if (!right)
      report.stop(list, name + " is not listed in its place, with its array and its gradient", Verdict::State::wrong);
  }
  if (all.size() > 6) report.stop(list, "there are more entries than arrays", Verdict::State::wrong);
}

}  // namespace handgrad
