#include "src/training/optimizer.h"

#include <doctest/doctest.h>

#include <cmath>

#include "src/training/adam.h"
#include "src/training/sgd.h"

using namespace handgrad;

TEST_CASE("sgd_update: two steps by hand") {
  Matrix w{{1, 2}}, m(1, 2);
  sgd_update(Matrix{{4, -2}}, 0.25, 0.5, m, w);  // m = -lr g
  CHECK(m.values == std::vector<Real>{-1, 0.5});
  CHECK(w.values == std::vector<Real>{0, 2.5});
  sgd_update(Matrix{{2, 2}}, 0.25, 0.5, m, w);  // m = 0.5 m - lr g
  CHECK(m.values == std::vector<Real>{-1, -0.25});
  CHECK(w.values == std::vector<Real>{-1, 2.25});
}

TEST_CASE("adam_update: two steps against the formula in double") {
  const double beta1 = 0.9, beta2 = 0.999, lr = 0.001, epsilon = 1e-8;
  double m_expected = 0, v_expected = 0, w_expected = 0.5;
  Matrix w{{0.5}}, m(1, 1), v(1, 1);
  const double grads[] = {0.02, -0.3};
  for (int t = 1; t <= 2; ++t) {
    const double g = grads[t - 1];
    m_expected = beta1 * m_expected + (1 - beta1) * g;
    v_expected = beta2 * v_expected + (1 - beta2) * g * g;
    w_expected -= lr * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t)) * m_expected /
                  (std::sqrt(v_expected) + epsilon);
    adam_update(Matrix{{static_cast<Real>(g)}}, adam_corrected_lr(t, lr, beta1, beta2), beta1, beta2, epsilon, m, v, w);
    CHECK(m(0, 0) == doctest::Approx(m_expected).epsilon(1e-6));
    CHECK(v(0, 0) == doctest::Approx(v_expected).epsilon(1e-6));
    CHECK(w(0, 0) == doctest::Approx(w_expected).epsilon(1e-6));
  }
}

TEST_CASE("adam's first step is lr against the gradient's sign, whatever its size above epsilon") {
  for (const Real g : {1e-3f, 1.0f, -50.0f}) {
    Matrix w(1, 1), m(1, 1), v(1, 1);
    adam_update(Matrix{{g}}, adam_corrected_lr(1, 0.001, 0.9, 0.999), 0.9, 0.999, 1e-8, m, v, w);
    CHECK(w(0, 0) == doctest::Approx(g > 0 ? -0.001 : 0.001).epsilon(1e-3));
  }
}

TEST_CASE("adam's epsilon is what a vanished gradient is measured against") {
  // g = 1e-12, far below epsilon: sqrt(v) = 3.16e-14, so the step is lr · sqrt(1 - beta2)/(1 - beta1) · m /
  // epsilon.
  Matrix w(1, 1), m(1, 1), v(1, 1);
  adam_update(Matrix{{1e-12f}}, adam_corrected_lr(1, 0.001, 0.9, 0.999), 0.9, 0.999, 1e-8, m, v, w);
  CHECK(w(0, 0) == doctest::Approx(-0.001 * std::sqrt(0.001) / 0.1 * 1e-13 / (1e-8 + 3.16e-14)).epsilon(1e-4));
}

TEST_CASE("optimizer_step steps what has a gradient, counts, and remembers for each parameter") {
  Matrix w1(1, 1, 1), w2(1, 1, 1), fixed(1, 1, 1), grad1{{2}}, grad2{{-4}};
  const std::vector<Parameter> parameters{
      {"fc1_weight", &w1, &grad1}, {"bn1_gamma", &fixed}, {"fc2_weight", &w2, &grad2}};
  Optimizer optimizer({OptimizerSettings::Kind::sgd, 0.25, 0.5}, parameters);
  optimizer_step(optimizer, parameters);
  optimizer_step(optimizer, parameters);
  CHECK(optimizer.t == 2);
  CHECK(w1(0, 0) == Real(1 - 0.5 - 0.75));
  CHECK(w2(0, 0) == Real(1 + 1 + 1.5));
  CHECK(fixed(0, 0) == 1);
}

TEST_CASE("optimizer_step with adam passes on the step's number") {
  Matrix w(1, 1), grad{{1}};
  const std::vector<Parameter> parameters{{"fc1_weight", &w, &grad}};
  Optimizer optimizer(lecture_adam(), parameters);
  for (int t = 1; t <= 3; ++t) {
    optimizer_step(optimizer, parameters);
    // A gradient that stays the same makes every step lr long: the correction by t is right.
    CHECK(w(0, 0) == doctest::Approx(-0.001 * t).epsilon(1e-5));
  }
}

TEST_CASE("optimizer_step with adam passes on every setting, and remembers for each parameter") {
  const OptimizerSettings s{OptimizerSettings::Kind::adam, 0.01, 0, 0.5, 0.75, 0.125};
  Matrix w1(1, 1), w2(1, 1), grad1(1, 1), grad2(1, 1);
  const std::vector<Parameter> parameters{{"fc1_weight", &w1, &grad1}, {"fc2_weight", &w2, &grad2}};
  Optimizer optimizer(s, parameters);
  Matrix m1(1, 1), m2(1, 1), v1(1, 1), v2(1, 1), expected1(1, 1), expected2(1, 1);
  for (int t = 1; t <= 3; ++t) {
    grad1.fill(static_cast<Real>(2 * t));
    grad2.fill(static_cast<Real>(5 - 3 * t));
    optimizer_step(optimizer, parameters);
    adam_update(grad1, adam_corrected_lr(t, s.lr, s.beta1, s.beta2), s.beta1, s.beta2, s.epsilon, m1, v1, expected1);
    adam_update(grad2, adam_corrected_lr(t, s.lr, s.beta1, s.beta2), s.beta1, s.beta2, s.epsilon, m2, v2, expected2);
    CHECK(w1(0, 0) == expected1(0, 0));
    CHECK(w2(0, 0) == expected2(0, 0));
  }
}

TEST_CASE("the lecture's settings") {
  CHECK((lecture_sgd().kind == OptimizerSettings::Kind::sgd));
  CHECK((lecture_adam().kind == OptimizerSettings::Kind::adam));
  CHECK(lecture_sgd().lr == 0.05);
  CHECK(lecture_sgd().momentum == 0.9);
  CHECK(lecture_adam().lr == 0.001);
  CHECK(lecture_adam().beta1 == 0.9);
  CHECK(lecture_adam().beta2 == 0.999);
  CHECK(lecture_adam().epsilon == 1e-8);
}

TEST_CASE("updates say which shapes do not fit") {
  Matrix w(2, 3), m(2, 3), v(2, 3), other(3, 2);
  CHECK_THROWS_WITH(sgd_update(other, 0.1, 0.9, m, w),
                    "sgd_update: w is 2×3 but grad_w is 3×2: grad_w needs 2 rows and 3 columns");
  CHECK_THROWS_WITH(adam_update(Matrix(2, 3), adam_corrected_lr(1, 0.1, 0.9, 0.999), 0.9, 0.999, 1e-8, m, other, w),
                    "adam_update: w is 2×3 but v is 3×2: v needs 2 rows and 3 columns");
}

// In float 0.1 · 1e-38, the m of the first, is subnormal, and so is 0.001 · 1e-40, the v of the second.
TEST_CASE("adam leaves no subnormal number in its moments, and the step is the same") {
  Matrix m(1, 4), v(1, 4), w{{0.5, 0.5, 0.25, 0.5}};
  const Matrix grad_w{{Real(1e-38), Real(1e-20), Real(2e-17), Real(0.25)}};
  adam_update(grad_w, adam_corrected_lr(1, 0.001, 0.9, 0.999), 0.9, 0.999, 1e-8, m, v, w);
  CHECK(m(0, 0) == 0);
  CHECK(m(0, 1) == 0);
  CHECK(m(0, 2) / Real(2e-18) == doctest::Approx(1));
  CHECK(m(0, 3) == doctest::Approx(0.025).epsilon(1e-6));
  CHECK(v(0, 0) == 0);
  CHECK(v(0, 1) == 0);
  CHECK(v(0, 2) / Real(4e-37) == doctest::Approx(1));
  CHECK(v(0, 3) / Real(0.001 * 0.0625) == doctest::Approx(1));
  CHECK(w(0, 0) == Real(0.5));
  CHECK(w(0, 1) == Real(0.5));
  CHECK(w(0, 2) == Real(0.25));
  CHECK(w(0, 3) == doctest::Approx(0.499).epsilon(1e-6));  // the first step of adam is lr long
}
