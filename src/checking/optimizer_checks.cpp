#include <cmath>
#include <exception>

#include "src/checking/layer_checks.h"
#include "src/training/adam.h"
#include "src/training/optimizer.h"
#include "src/training/sgd.h"

namespace handgrad {

namespace {

// A formula leaves no error but that of rounding.
constexpr Real formula_bound = 1e-10;

Equation equation(const std::string& group, const std::string& name, const std::string& section) {
  return {group, name, section, group + "_update", "src/training/" + group + ".cpp", name + " ="};
}

Matrix positive(Matrix m, Real factor) {
  for (Real& value : m.values) value = std::abs(value) * factor;
  return m;
}

}  // namespace

void check_sgd(CheckReport& report) {
  const double lr = 0.05, momentum = 0.9;
  const Matrix g = random_matrix(3, 4, 1), m_before = random_matrix(3, 4, 2), w_before = random_matrix(3, 4, 3);
  Matrix m = m_before, w = w_before, m_expected = m, w_expected = w, kept = m, stepped = m;
  for (std::size_t k = 0; k < m.values.size(); ++k) {
    kept.values[k] = momentum * m_before.values[k];
    stepped.values[k] = -lr * g.values[k];
    m_expected.values[k] = kept.values[k] + stepped.values[k];
    w_expected.values[k] = w_before.values[k] + m_expected.values[k];
  }
  sgd_update(g, lr, momentum, m, w);
  const int n = 3;
  report.compare(equation("sgd", "m", "3 (6)"), {m, m_expected, n, {{"momentum m", kept}, {"lr grad_w", stepped}}},
                 formula_bound);
  report.compare(equation("sgd", "w", "3 (6)"), {w, w_expected, n, {{"the old w", w_before}, {"m", m_expected}}},
                 formula_bound);
}

void check_adam(CheckReport& report) {
  const double lr = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  const int t = 3;
  const double expected_lr = lr * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
  // Gradients and moments near ε in size, so that ε counts; lr = 0.001 beside w near 0.001.
  const Matrix g = positive(random_matrix(3, 4, 1), 1e-7), m_before = positive(random_matrix(3, 4, 2), -1e-8),
               v_before = positive(random_matrix(3, 4, 3), 1e-16), w_before = positive(random_matrix(3, 4, 4), 1e-3);
  Matrix m = m_before, v = v_before, w = w_before;
  Matrix m_expected = m, v_expected = v, w_expected = w, m_kept = m, m_added = m, v_kept = v, v_added = v, stepped = w;
  for (std::size_t k = 0; k < m.values.size(); ++k) {
    m_kept.values[k] = beta1 * m_before.values[k];
    m_added.values[k] = (1 - beta1) * g.values[k];
    m_expected.values[k] = m_kept.values[k] + m_added.values[k];
    v_kept.values[k] = beta2 * v_before.values[k];
    v_added.values[k] = (1 - beta2) * g.values[k] * g.values[k];
    v_expected.values[k] = v_kept.values[k] + v_added.values[k];
    stepped.values[k] = -expected_lr * m_expected.values[k] / (std::sqrt(v_expected.values[k]) + epsilon);
    w_expected.values[k] = w_before.values[k] + stepped.values[k];
  }
  const Equation corrected{"adam", "corrected_lr", "1 (3)", "adam_corrected_lr", "src/training/adam.cpp", "return lr"};
  report.compare(corrected, {Matrix{{adam_corrected_lr(t, lr, beta1, beta2)}}, Matrix{{expected_lr}}, 1, {}},
                 formula_bound);
  adam_update(g, adam_corrected_lr(t, lr, beta1, beta2), beta1, beta2, epsilon, m, v, w);
  const int n = 3;
  // In units in which they are not small: m in 1e-8, v in 1e-16, w in 1e-3.
  const auto scaled = [](Matrix matrix, Real factor) {
    for (Real& value : matrix.values) value *= factor;
    return matrix;
  };
  report.compare(equation("adam", "m", "1 (3)"),
                 {scaled(m, 1e8),
                  scaled(m_expected, 1e8),
                  n,
                  {{"beta1 m", scaled(m_kept, 1e8)}, {"(1 - beta1) grad_w", scaled(m_added, 1e8)}}},
                 formula_bound);
  report.compare(equation("adam", "v", "1 (3)"),
                 {scaled(v, 1e16),
                  scaled(v_expected, 1e16),
                  n,
                  {{"beta2 v", scaled(v_kept, 1e16)}, {"(1 - beta2) grad_w²", scaled(v_added, 1e16)}}},
                 formula_bound);
  report.compare(equation("adam", "w", "1 (3)"),
                 {scaled(w, 1e3),
                  scaled(w_expected, 1e3),
                  n,
                  {{"the old w", scaled(w_before, 1e3)}, {"the step", scaled(stepped, 1e3)}}},
                 formula_bound);
}

void check_optimizer_step(CheckReport& report) {
  for (const OptimizerSettings& s : {lecture_sgd(), lecture_adam()}) {
    const bool sgd = s.kind == OptimizerSettings::Kind::sgd;
    Matrix w1 = random_matrix(3, 4, 1), w2 = random_matrix(3, 4, 2), expected1 = w1, expected2 = w2;
    Matrix grad1 = random_matrix(3, 4, 3), grad2 = random_matrix(3, 4, 4);
    Matrix m1(3, 4), v1(3, 4), m2(3, 4), v2(3, 4);
    const std::vector<Parameter> parameters{{"fc1_weight", &w1, &grad1}, {"fc2_weight", &w2, &grad2}};
    Optimizer optimizer(s, parameters);
    for (int t = 1; t <= 3; ++t) {
      optimizer_step(optimizer, parameters);
      if (sgd) {
        sgd_update(grad1, s.lr, s.momentum, m1, expected1);
        sgd_update(grad2, s.lr, s.momentum, m2, expected2);
      } else {
        const double lr = adam_corrected_lr(t, s.lr, s.beta1, s.beta2);
        adam_update(grad1, lr, s.beta1, s.beta2, s.epsilon, m1, v1, expected1);
        adam_update(grad2, lr, s.beta1, s.beta2, s.epsilon, m2, v2, expected2);
      }
    }
    Equation after_three_steps{"optimizer", std::string("w after 3 steps, ") + (sgd ? "sgd" : "adam"),
                               sgd ? "3 (6)" : "1 (3)", "optimizer_step", "src/training/optimizer.cpp"};
    report.compare(after_three_steps, {w1, expected1, 3, {}, {}, "the first of two parameters"}, formula_bound);
    report.compare(after_three_steps, {w2, expected2, 3, {}, {}, "the second of two parameters"}, formula_bound);
  }
}

}  // namespace handgrad
