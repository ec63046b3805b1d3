#include <cmath>
#include <functional>

#include "src/checking/call.h"
#include "src/checking/formulas.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/training_checks.h"

namespace handgrad {

namespace {

// A formula leaves no error but that of rounding.
constexpr Real formula_bound = 1e-10;

// One step's numbers: of size 1; near ε, so that ε counts beside sqrt(v); without gradient; with moments of old, large
// gradients, from which v must fall; large and tiny; in several shapes.
struct Step {
  Matrix g, m, v, w;
};

Matrix sized(int rows, int cols, std::uint32_t seed, double factor) {
  Matrix m = random_matrix(rows, cols, seed);
  for (Real& value : m.values) value *= static_cast<Real>(factor);
  return m;
}

Matrix positive(Matrix m) {
  for (Real& value : m.values) value = std::abs(value);
  return m;
}

std::vector<Step> steps() {
  std::vector<Step> all;
  const struct {
    int rows, cols;
    double g, m, v, w;
  } kinds[] = {{3, 4, 1e-7, 1e-8, 1e-16, 1e-3},
               {3, 4, 1, 1, 1, 1},
               {3, 4, 1e-3, 1, 1, 1},
               {1, 7, 10, 0.1, 0.01, 1},
               {7, 1, 1, 1, 1, 1},
               {3, 4, 0, 1, 1, 1},
               {3, 4, 1e3, 1e3, 1e6, 1e3},
               {3, 4, 1e-14, 1e-14, 1e-28, 1},
               {1, 1, 1, 1, 1, 1},
               {4, 4, 1e-9, 1e-3, 1e-6, 1},
               {33, 17, 1, 1, 1, 1},
               {1030, 2, 1, 1, 1, 1},
               {3, 4, 1, 0, 0, 1}};
  for (const auto& k : kinds) {
    all.push_back({sized(k.rows, k.cols, 1, k.g), sized(k.rows, k.cols, 2, k.m),
                   positive(sized(k.rows, k.cols, 3, k.v)), sized(k.rows, k.cols, 4, k.w)});
  }
  return all;
}

// Every element by a formula of its number.
Matrix by_formula(const Matrix& like, const std::function<double(int k)>& formula) {
  Matrix result(like.rows, like.cols);
  for (int k = 0; k < like.size(); ++k) result[k] = static_cast<Real>(formula(k));
  return result;
}

Equation equation(const std::string& group, const std::string& name, const std::string& section, const File& file) {
  return {group, name, section, group + "_update", file, name + " ="};
}

// Calls an update; false, and told, if it did not return as it should.
bool update(CheckReport& report, const std::string& group, const File& file, const std::function<void()>& call,
            const Matrix& g) {
  const CallOutcome outcome = watched_call(group + "_update", file, call, {&g});
  if (!outcome.ending.empty()) report.stop(call_equation(group, group + "_update", file), outcome.ending);
  return outcome.ending.empty();
}

void check_corrected_lr(CheckReport& report) {
  const Equation corrected{"adam", "corrected_lr", "1 (3)", "adam_corrected_lr", "src/training/adam.cpp", "return lr"};
  report.expect(corrected);
  for (const double beta1 : {0.9, 0.5, 0.0}) {
    for (const int t : {3, 1, 2, 10, 11, 100, 101, 1000, 1001, 5000, 100000}) {
      const double lr = 0.001, beta2 = beta1 == 0.9 ? 0.999 : 0.95;
      double yours = 0;
      const CallOutcome outcome =
          watched_call(corrected.function, corrected.file, [&] { yours = adam_corrected_lr(t, lr, beta1, beta2); });
      if (!outcome.ending.empty()) report.stop(corrected, outcome.ending);
      const double root = std::sqrt(1 - std::pow(beta2, t)), whole = 1 - std::pow(beta1, t);
      const auto as_matrix = [](double value) { return Matrix{{static_cast<Real>(value)}}; };
      const Hints hints{{},
                        {{"the correction is forgotten: yours is lr", as_matrix(lr)},
                         {"the division by 1 - beta1^t is forgotten", as_matrix(lr * root)},
                         {"the factor sqrt(1 - beta2^t) is forgotten", as_matrix(lr / whole)},
                         {"the root is forgotten", as_matrix(lr * root * root / whole)},
                         {"beta1 and beta2 are exchanged", as_matrix(corrected_lr_formula(t, lr, beta2, beta1))}}};
      report.compare(corrected,
                     {as_matrix(yours), as_matrix(corrected_lr_formula(t, lr, beta1, beta2)), 1, hints,
                      "step t = " + std::to_string(t)},
                     formula_bound);
    }
  }
}

}  // namespace

void check_sgd(CheckReport& report, decltype(&sgd_update) function, const File& file) {
  for (const char* const name : {"m", "w"}) report.expect(equation("sgd", name, "3 (6)", file));
  for (const double momentum : {0.9, 0.5, 0.0}) {
    for (const Step& s : steps()) {
      const double lr = momentum == 0.9 ? 0.05 : 0.3;
      Matrix m = s.m, w = s.w;
      std::vector<Moments> after(static_cast<std::size_t>(s.g.size()));
      const Matrix w_expected = by_formula(s.w, [&](int k) {
        after[static_cast<std::size_t>(k)].m = s.m[k];
        return sgd_formula(s.g[k], lr, momentum, after[static_cast<std::size_t>(k)], s.w[k]);
      });
      const Matrix m_expected = by_formula(s.m, [&](int k) { return after[static_cast<std::size_t>(k)].m; });
      const Matrix kept = by_formula(s.m, [&](int k) { return momentum * s.m[k]; });
      const Matrix stepped = by_formula(s.m, [&](int k) { return -lr * s.g[k]; });
      if (!update(
              report, "sgd", file, [&] { function(s.g, lr, momentum, m, w); }, s.g))
        continue;
      report.compare(equation("sgd", "m", "3 (6)", file),
                     {m, m_expected, 3, {{{"momentum m", kept}, {"lr grad_w", stepped}}, {}}}, formula_bound);
      report.compare(equation("sgd", "w", "3 (6)", file),
                     {w, w_expected, 3, {{{"the old w", s.w}, {"m", m_expected}}, {}}}, formula_bound);
    }
  }
}

void check_adam(CheckReport& report, decltype(&adam_update) function, const File& file) {
  check_corrected_lr(report);
  for (const char* const name : {"m", "v", "w"}) report.expect(equation("adam", name, "1 (3)", file));
  const struct {
    double rate, beta1, beta2, epsilon;
  } settings[] = {{0.000165, 0.9, 0.999, 1e-8}, {0.01, 0.5, 0.9, 1e-8}, {0.3, 0.8, 0.99, 0.1}, {0.01, 0, 0.9, 1e-8}};
  for (const auto& a : settings) {
    for (const Step& s : steps()) {
      Matrix m = s.m, v = s.v, w = s.w;
      std::vector<Moments> after(static_cast<std::size_t>(s.g.size()));
      const auto moments = [&](int k) -> Moments& { return after[static_cast<std::size_t>(k)]; };
      const Matrix w_expected = by_formula(s.w, [&](int k) {
        moments(k) = {s.m[k], s.v[k]};
        return adam_formula(s.g[k], a.rate, a.beta1, a.beta2, a.epsilon, moments(k), s.w[k]);
      });
      const Matrix m_expected = by_formula(s.m, [&](int k) { return moments(k).m; });
      const Matrix v_expected = by_formula(s.v, [&](int k) { return moments(k).v; });
      const Matrix m_kept = by_formula(s.m, [&](int k) { return a.beta1 * s.m[k]; });
      const Matrix m_added = by_formula(s.m, [&](int k) { return (1 - a.beta1) * s.g[k]; });
      const Matrix v_kept = by_formula(s.v, [&](int k) { return a.beta2 * s.v[k]; });
      const Matrix v_added = by_formula(s.v, [&](int k) { return (1 - a.beta2) * s.g[k] * s.g[k]; });
      const Matrix stepped = by_formula(s.w, [&](int k) { return w_expected[k] - s.w[k]; });
      const auto w_with = [&](const std::function<double(double v_k)>& divisor) {
        return by_formula(s.w, [&](int k) { return s.w[k] - a.rate * moments(k).m / divisor(moments(k).v); });
      };
      const Hints w_hints{
          {{"the old w", s.w}, {"the step", stepped}},
          {{"ε stands inside the root: sqrt(v + ε)", w_with([&](double x) { return std::sqrt(x + a.epsilon); })},
           {"ε is forgotten", w_with([&](double x) { return std::sqrt(x); })},
           {"the root is forgotten: yours divides by v + ε", w_with([&](double x) { return x + a.epsilon; })}}};
      if (!update(
              report, "adam", file, [&] { function(s.g, a.rate, a.beta1, a.beta2, a.epsilon, m, v, w); }, s.g)) {
        continue;
      }
      report.compare(equation("adam", "m", "1 (3)", file),
                     {m, m_expected, 3, {{{"beta1 m", m_kept}, {"(1 - beta1) grad_w", m_added}}, {}}}, formula_bound);
      report.compare(equation("adam", "v", "1 (3)", file),
                     {v, v_expected, 3, {{{"beta2 v", v_kept}, {"(1 - beta2) grad_w²", v_added}}, {}}}, formula_bound);
      report.compare(equation("adam", "w", "1 (3)", file), {w, w_expected, 3, w_hints}, formula_bound);
    }
  }
}

std::vector<NamedCheck> training_checks() {
  return {{"clip", [](CheckReport& report) { check_clip(report); }},
          {"sgd", [](CheckReport& report) { check_sgd(report); }},
          {"adam", [](CheckReport& report) { check_adam(report); }},
          {"optimizer", check_optimizer_step}};
}

}  // namespace handgrad
