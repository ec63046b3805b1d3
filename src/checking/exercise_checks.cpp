#include "src/checking/exercise_checks.h"

#include <cmath>
#include <string>

#include "src/checking/chain.h"
#include "src/checking/numeric_gradient.h"

namespace handgrad {

namespace {

// A batch of n rows through a network with these numbers of features, units and classes.
struct Size {
  int n, features, units1, units2, classes;
};

}  // namespace

void check_softmax_log_loss(CheckReport& report, SoftmaxLogLossBackward function, const File& file) {
  for (const Size& s : {Size{3, 0, 0, 0, 4}, Size{20, 0, 0, 0, 3}, Size{1, 0, 0, 0, 5}}) {
    const Matrix y = one_hot(s.n, s.classes);
    Matrix l = random_matrix(s.n, s.classes, 1), o, grad_l, without_epsilon(s.n, s.classes);
    l(0, 0) = -18;  // the true class of row 0 has a probability near ε
    const Chain chain{s.n, {{o, [&] { softmax_forward(l, o); }}}, [&] { return log_loss_forward(o, y); }};
    loss_from(chain, l);
    for (int k = 0; k < o.size(); ++k) without_epsilon[k] = (o[k] - y[k]) / static_cast<Real>(o.size());
    const Hints hints{{}, {{"ε is forgotten: yours is (o - y) / (n × classes)", without_epsilon}}};
    check_chain(report, {"softmax_log_loss", "2 (1)", file}, chain, [&] { function(o, y, grad_l); },
                {{"l", grad_l, l, hints}});
  }
}

void check_batch_norm_fused(CheckReport& report, BatchNormFusedBackward function, const File& file) {
  for (const Size& s : {Size{3, 4, 0, 0, 0}, Size{20, 10, 0, 0, 0}, Size{2, 3, 0, 0, 0}, Size{1, 5, 0, 0, 0}}) {
    Matrix x = random_matrix(s.n, s.features, 1), gamma = random_matrix(1, s.features, 2);
    Matrix beta(1, s.features), mean, var, x_hat, y, grad_beta, grad_gamma, grad_x;
    for (int i = 0; i < s.n; ++i) {  // rows of alternating sign, so that every column varies, even of two rows
      for (int j = 0; j < s.features; ++j) x(i, j) = i % 2 == 0 ? std::abs(x(i, j)) : -std::abs(x(i, j));
    }
    const Matrix r = random_matrix(s.n, s.features, 3);
    const Chain chain{s.n, {{y, [&] { batch_norm_forward(x, gamma, beta, mean, var, x_hat, y); }}}, [&] {
                        return weighted_sum(y, r);
                      }};
    loss_from(chain, x);
    Hints hints{{{"n grad_y", r}, {"the sum of grad_y", r}, {"x_hat times the sum of grad_y x_hat", r}}};
    for (int j = 0; j < s.features; ++j) {
      const Real factor = gamma(0, j) / std::sqrt(var(0, j) + batch_norm_epsilon);
      Real sum = 0, sum_with_x_hat = 0;
      for (int i = 0; i < s.n; ++i) {
        sum += r(i, j) / s.n;
        sum_with_x_hat += r(i, j) * x_hat(i, j) / s.n;
      }
      for (int i = 0; i < s.n; ++i) {
        hints.terms[0].value(i, j) = factor * r(i, j);
        hints.terms[1].value(i, j) = -factor * sum;
        hints.terms[2].value(i, j) = -factor * sum_with_x_hat * x_hat(i, j);
      }
    }
    check_chain(report, {"batch_norm_fused", "2 (4)", file}, chain,
                [&] { function(gamma, var, x_hat, r, grad_beta, grad_gamma, grad_x); },
                {{"beta", grad_beta, beta}, {"gamma", grad_gamma, gamma}, {"x", grad_x, x, hints}});
  }
}

void check_mlp(CheckReport& report, MlpBackward function, const File& file) {
  for (const Size& s : {Size{3, 4, 5, 6, 3}, Size{20, 4, 10, 10, 3}, Size{1, 3, 3, 3, 3}}) {
    const Matrix y = one_hot(s.n, s.classes);
    Matrix x(s.n, s.features), W1(s.features, s.units1), b1(1, s.units1), l1, h1;
    Matrix W2(s.units1, s.units2), b2(1, s.units2), l2, h2, W3(s.units2, s.classes), b3(1, s.classes), l3, o;
    const Chain chain{s.n,
                      {{l1, [&] { fully_connected_forward(x, W1, b1, l1); }},
                       {h1, [&] { relu_forward(l1, h1); }},
                       {l2, [&] { fully_connected_forward(h1, W2, b2, l2); }},
                       {h2, [&] { relu_forward(l2, h2); }},
                       {l3, [&] { fully_connected_forward(h2, W3, b3, l3); }},
                       {o, [&] { softmax_forward(l3, o); }}},
                      [&] { return log_loss_forward(o, y); }};
    place_well(chain, x, {&W1, &b1, &W2, &b2, &W3, &b3}, {&l1, &l2});
    Matrix grad_o, grad_l3, grad_W3, grad_b3, grad_h2, grad_l2, grad_W2, grad_b2, grad_h1, grad_l1, grad_W1, grad_b1,
        grad_x;
    check_chain(report, {"mlp", "2 (1)", file}, chain,
                [&] {
                  function(x, y, W1, W2, W3, l1, h1, l2, h2, o, grad_o, grad_l3, grad_W3, grad_b3, grad_h2, grad_l2,
                           grad_W2, grad_b2, grad_h1, grad_l1, grad_W1, grad_b1, grad_x);
                },
                {{"o", grad_o, o},
                 {"l3", grad_l3, l3},
                 {"W3", grad_W3, W3},
                 {"b3", grad_b3, b3},
                 {"h2", grad_h2, h2},
                 {"l2", grad_l2, l2},
                 {"W2", grad_W2, W2},
                 {"b2", grad_b2, b2},
                 {"h1", grad_h1, h1},
                 {"l1", grad_l1, l1},
                 {"W1", grad_W1, W1},
                 {"b1", grad_b1, b1},
                 {"x", grad_x, x}});
  }
}

void check_batch_norm_mlp(CheckReport& report, BatchNormMlpBackward function, const File& file) {
  for (const Size& s : {Size{3, 4, 5, 0, 3}, Size{20, 4, 10, 0, 3}, Size{4, 3, 3, 0, 3}}) {
    const Matrix y = one_hot(s.n, s.classes);
    Matrix x(s.n, s.features), W1(s.features, s.units1), b1(1, s.units1), l1, gamma1 = b1, beta1 = b1, mean1, var1;
    Matrix l1_hat, y1, h1, W2(s.units1, s.classes), b2(1, s.classes), l2, o;
    const Chain chain{s.n,
                      {{l1, [&] { fully_connected_forward(x, W1, b1, l1); }},
                       {y1, [&] { batch_norm_forward(l1, gamma1, beta1, mean1, var1, l1_hat, y1); }},
                       {h1, [&] { relu_forward(y1, h1); }},
                       {l2, [&] { fully_connected_forward(h1, W2, b2, l2); }},
                       {o, [&] { softmax_forward(l2, o); }}},
                      [&] { return log_loss_forward(o, y); }};
    place_well(chain, x, {&W1, &b1, &gamma1, &beta1, &W2, &b2}, {&y1});
    Matrix grad_o, grad_l2, grad_W2, grad_b2, grad_h1, grad_y1, grad_beta1, grad_gamma1, grad_l1, grad_W1, grad_b1,
        grad_x;
    check_chain(report, {"batch_norm_mlp", "2 (4)", file}, chain,
                [&] {
                  function(x, y, W1, W2, l1, gamma1, mean1, var1, l1_hat, y1, h1, o, grad_o, grad_l2, grad_W2, grad_b2,
                           grad_h1, grad_y1, grad_beta1, grad_gamma1, grad_l1, grad_W1, grad_b1, grad_x);
                },
                {{"o", grad_o, o},
                 {"l2", grad_l2, l2},
                 {"W2", grad_W2, W2},
                 {"b2", grad_b2, b2},
                 {"h1", grad_h1, h1},
                 {"y1", grad_y1, y1},
                 {"beta1", grad_beta1, beta1},
                 {"gamma1", grad_gamma1, gamma1},
                 {"l1", grad_l1, l1},
                 {"W1", grad_W1, W1},
                 {"b1", grad_b1, b1, {}, true},
                 {"x", grad_x, x}});
  }
}

namespace {

Matrix first_columns(const Matrix& m, int count) {
  Matrix part(m.rows, count);
  for (int i = 0; i < m.rows; ++i) {
    for (int j = 0; j < count; ++j) part(i, j) = m(i, j);
  }
  return part;
}

// The chains of lessons 3 and 4 differ in how a layer's output joins what it was given: r = join(h, before).
template <class Function>
void check_skip_mlp(CheckReport& report, const Place& place,
                    void (*join)(const Matrix& h, const Matrix& before, Matrix& r), bool wider,
                    const Function& function) {
  for (const Size& s : {Size{3, 4, 4, 4, 3}, Size{20, 6, 6, 6, 3}, Size{1, 3, 3, 3, 3}}) {
    const Matrix y = one_hot(s.n, s.classes);
    const int r1_width = s.units1 + (wider ? s.features : 0), r2_width = s.units2 + (wider ? r1_width : 0);
    Matrix x(s.n, s.features), W1(s.features, s.units1), b1(1, s.units1), l1, h1, r1;
    Matrix W2(r1_width, s.units2), b2(1, s.units2), l2, h2, r2, W3(r2_width, s.classes), b3(1, s.classes), l3, o;
    const Chain chain{s.n,
                      {{l1, [&] { fully_connected_forward(x, W1, b1, l1); }},
                       {h1, [&] { relu_forward(l1, h1); }},
                       {r1, [&] { join(h1, x, r1); }},
                       {l2, [&] { fully_connected_forward(r1, W2, b2, l2); }},
                       {h2, [&] { relu_forward(l2, h2); }},
                       {r2, [&] { join(h2, r1, r2); }},
                       {l3, [&] { fully_connected_forward(r2, W3, b3, l3); }},
                       {o, [&] { softmax_forward(l3, o); }}},
                      [&] { return log_loss_forward(o, y); }};
    place_well(chain, x, {&W1, &b1, &W2, &b2, &W3, &b3}, {&l1, &l2});
    const Term past_layer_2{"grad_r2, past layer 2", first_columns(numeric(chain, r2), r1_width)};
    const Term past_layer_1{"grad_r1, past layer 1", first_columns(numeric(chain, r1), s.features)};
    loss_from(chain, x);
    Matrix grad_o, grad_l3, grad_W3, grad_b3, grad_r2, grad_h2, grad_l2, grad_W2, grad_b2, grad_r1, grad_h1, grad_l1,
        grad_W1, grad_b1, grad_x;
    check_chain(report, place, chain,
                [&] {
                  function(x, y, W1, W2, W3, l1, h1, r1, l2, h2, r2, o, grad_o, grad_l3, grad_W3, grad_b3, grad_r2,
                           grad_h2, grad_l2, grad_W2, grad_b2, grad_r1, grad_h1, grad_l1, grad_W1, grad_b1, grad_x);
                },
                {{"o", grad_o, o},
                 {"l3", grad_l3, l3},
                 {"W3", grad_W3, W3},
                 {"b3", grad_b3, b3},
                 {"r2", grad_r2, r2},
                 {"h2", grad_h2, h2},
                 {"l2", grad_l2, l2},
                 {"W2", grad_W2, W2},
                 {"b2", grad_b2, b2},
                 {"r1", grad_r1, r1, {{past_layer_2}}},
                 {"h1", grad_h1, h1},
                 {"l1", grad_l1, l1},
                 {"W1", grad_W1, W1},
                 {"b1", grad_b1, b1},
                 {"x", grad_x, x, {{past_layer_1}}}});
  }
}

}  // namespace

void check_residual_mlp(CheckReport& report, ResidualMlpBackward function, const File& file) {
  const auto without_h = [=](auto& x, auto& y, auto& W1, auto& W2, auto& W3, auto& l1, auto&, auto& r1, auto& l2, auto&,
                             auto& r2, auto&... others) { function(x, y, W1, W2, W3, l1, r1, l2, r2, others...); };
  check_skip_mlp(report, {"residual_mlp", "3 (4)", file}, residual_forward, false, without_h);
}

void check_dense_mlp(CheckReport& report, DenseMlpBackward function, const File& file) {
  const auto join = [](const Matrix& h, const Matrix& before, Matrix& r) { concat_forward(before, h, r); };
  check_skip_mlp(report, {"dense_mlp", "4 (3)", file}, join, true, function);
}

void check_leaky_mlp(CheckReport& report, LeakyMlpBackward function, const File& file) {
  const Real slope = Real(0.25);
  for (const Size& s : {Size{3, 4, 5, 0, 3}, Size{20, 4, 10, 0, 3}, Size{1, 3, 3, 0, 3}}) {
    const Matrix y = one_hot(s.n, s.classes);
    Matrix x(s.n, s.features), W1(s.features, s.units1), b1(1, s.units1), l1, h1;
    Matrix W2(s.units1, s.classes), b2(1, s.classes), l2, o;
    const Chain chain{s.n,
                      {{l1, [&] { fully_connected_forward(x, W1, b1, l1); }},
                       {h1, [&] { leaky_relu_forward(l1, slope, h1); }},
                       {l2, [&] { fully_connected_forward(h1, W2, b2, l2); }},
                       {o, [&] { softmax_forward(l2, o); }}},
                      [&] { return log_loss_forward(o, y); }};
    place_well(chain, x, {&W1, &b1, &W2, &b2}, {&l1});
    Matrix grad_o, grad_l2, grad_W2, grad_b2, grad_h1, grad_l1, grad_W1, grad_b1, grad_x;
    check_chain(report, {"leaky_mlp", "5 (1)", file}, chain,
                [&] {
                  function(x, y, slope, W1, W2, l1, h1, o, grad_o, grad_l2, grad_W2, grad_b2, grad_h1, grad_l1, grad_W1,
                           grad_b1, grad_x);
                },
                {{"o", grad_o, o},
                 {"l2", grad_l2, l2},
                 {"W2", grad_W2, W2},
                 {"b2", grad_b2, b2},
                 {"h1", grad_h1, h1},
                 {"l1", grad_l1, l1},
                 {"W1", grad_W1, W1},
                 {"b1", grad_b1, b1},
                 {"x", grad_x, x}});
  }
}

}  // namespace handgrad
