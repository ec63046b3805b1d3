#include <algorithm>
#include <cmath>

#include "src/checking/call.h"
#include "src/checking/checks.h"
#include "src/checking/judge.h"
#include "src/checking/numeric_gradient.h"

namespace handgrad {

namespace {

constexpr Real epsilon = Real(1e-3);  // the lecture's

// A batch with what the forward pass computes of it; the loss is Σ y ⊗ r.
struct Batch {
  Matrix x, gamma, beta, r;
  Matrix mean, var, x_hat, y;
};

Batch batch_of(const Case& c) {
  Batch b{input_of(c, c.n, c.p, 1),
          input_of(c, 1, c.p, 2),
          input_of(c, 1, c.p, 3),
          gradient_of(c, c.n, c.p, 4),
          {},
          {},
          {},
          {}};
  // Rows of alternating sign, so that every column varies, even of two rows.
  for (int i = 0; i < c.n && c.kind != Case::Kind::constant; ++i) {
    for (int j = 0; j < c.p; ++j) b.x(i, j) = i % 2 == 0 ? std::abs(b.x(i, j)) : -std::abs(b.x(i, j));
  }
  return b;
}

// y = gamma (x - mean) / sqrt(σ² + ε) + beta, column by column
void batch_norm_formula(const Batch& b, Matrix& y) {
  y = Matrix(b.x.rows, b.x.cols);
  for (int j = 0; j < y.cols; ++j) {
    Real mean = 0, var = 0;
    for (int i = 0; i < y.rows; ++i) mean += b.x(i, j) / y.rows;
    for (int i = 0; i < y.rows; ++i) var += (b.x(i, j) - mean) * (b.x(i, j) - mean) / y.rows;
    for (int i = 0; i < y.rows; ++i) y(i, j) = b.gamma[j] * (b.x(i, j) - mean) / std::sqrt(var + epsilon) + b.beta[j];
  }
}

// What the forward pass as it is makes of columns with given mean and variance: x_hat = (x - mean) scale and
// y = slope x_hat + shift. Found by columns of two numbers, a and -a, so that nothing is taken for granted of ε, or of
// n in the variance.
struct Columns {
  Matrix scale, slope, shift;
};
Columns columns_of(const Matrix& var, const Matrix& gamma, const Matrix& beta) {
  Matrix probe(2, var.cols), mean, unit_var, x_hat, y;
  for (int j = 0; j < var.cols; ++j) {
    probe(0, j) = 1;
    probe(1, j) = -1;
  }
  batch_norm_forward(probe, gamma, beta, mean, unit_var, x_hat, y);
  for (int j = 0; j < var.cols; ++j) {
    probe(0, j) = std::sqrt(std::max(var[j], Real(1e-12)) / unit_var[j]);
    probe(1, j) = -probe(0, j);
  }
  batch_norm_forward(probe, gamma, beta, mean, unit_var, x_hat, y);
  Columns c{Matrix(1, var.cols), Matrix(1, var.cols), Matrix(1, var.cols)};
  for (int j = 0; j < var.cols; ++j) {
    c.scale[j] = x_hat(0, j) / probe(0, j);
    c.slope[j] = (y(0, j) - y(1, j)) / (x_hat(0, j) - x_hat(1, j));
    c.shift[j] = y(0, j) - c.slope[j] * x_hat(0, j);
  }
  return c;
}

Real loss_of_x_hat(const Batch& b, const Columns& c, const Matrix& x_hat) {
  Real sum = 0;
  for (int i = 0; i < b.x.rows; ++i) {
    for (int j = 0; j < b.x.cols; ++j) sum += (c.slope[j] * x_hat(i, j) + c.shift[j]) * b.r(i, j);
  }
  return sum;
}

// The loss with mean and variance as they are given.
Real loss_of_statistics(const Batch& b, const Matrix& mean, const Matrix& var) {
  const Columns c = columns_of(var, b.gamma, b.beta);
  Matrix x_hat = b.x;
  for (int i = 0; i < x_hat.rows; ++i) {
    for (int j = 0; j < x_hat.cols; ++j) x_hat(i, j) = (b.x(i, j) - mean[j]) * c.scale[j];
  }
  return loss_of_x_hat(b, c, x_hat);
}

// The loss as the mean moves, and the variance with it: by the share of Σ (x - mean)² that the forward pass takes.
Real loss_of_mean(const Batch& b, const Matrix& mean) {
  Matrix var = b.var;
  for (int j = 0; j < var.cols; ++j) {
    Real before = 0, moved = 0;
    for (int i = 0; i < b.x.rows; ++i) {
      before += (b.x(i, j) - b.mean[j]) * (b.x(i, j) - b.mean[j]);
      moved += (b.x(i, j) - mean[j]) * (b.x(i, j) - mean[j]);
    }
    if (before > 0) var[j] *= moved / before;
  }
  return loss_of_statistics(b, mean, var);
}

// The three paths from x, and what grad_x is if one of them is taken for another.
Hints grad_x_hints(const Batch& b) {
  const int n = b.x.rows;
  Matrix direct = b.x, through_var = b.x, through_mean = b.x;
  for (int j = 0; j < b.x.cols; ++j) {
    const Real deviation = std::sqrt(b.var[j] + epsilon);
    Real grad_var = 0, grad_mean = 0;
    for (int i = 0; i < n; ++i) {
      direct(i, j) = b.r(i, j) * b.gamma[j] / deviation;
      grad_mean -= direct(i, j);
      grad_var -= direct(i, j) * (b.x(i, j) - b.mean[j]) / (2 * deviation * deviation);
    }
    for (int i = 0; i < n; ++i) {
      through_var(i, j) = grad_var * 2 * (b.x(i, j) - b.mean[j]) / n;
      through_mean(i, j) = grad_mean / n;
    }
  }
  return {{{"the direct path, grad_x_hat / sqrt(σ² + ε)", direct},
           {"the path through the variance, grad_var 2/n (x - mean)", through_var},
           {"the path through the mean, grad_mean 1/n", through_mean}},
          {}};
}

Hints grad_gamma_hints(const Batch& b) {
  Matrix with_x(1, b.x.cols);
  for (int i = 0; i < b.x.rows; ++i) {
    for (int j = 0; j < b.x.cols; ++j) with_x[j] += b.r(i, j) * b.x(i, j);
  }
  return {{}, {{"x stands in place of x_hat", with_x}}};
}

Hints grad_var_hints(const Batch& b) {
  Matrix without_epsilon(1, b.x.cols), inside = without_epsilon, first_power = without_epsilon;
  for (int j = 0; j < b.x.cols; ++j) {
    Real sum = 0;
    for (int i = 0; i < b.x.rows; ++i) sum += -b.r(i, j) * b.gamma[j] * (b.x(i, j) - b.mean[j]) / 2;
    without_epsilon[j] = sum * std::pow(b.var[j], Real(-1.5));
    inside[j] = sum * std::pow(std::sqrt(b.var[j]) + epsilon, Real(-3));
    first_power[j] = sum * std::pow(b.var[j] + epsilon, Real(-0.5));
  }
  return {{},
          {{"ε is forgotten: yours has σ² in place of σ² + ε", without_epsilon},
           {"ε stands outside the root: yours has sqrt(σ²) + ε in place of sqrt(σ² + ε)", inside},
           {"the power is -1/2 in place of -3/2", first_power}}};
}

// The two functions without a gradient: predicting with the batch's own statistics is the forward pass, and moving
// statistics keep 0.9 of themselves.
void check_moving_statistics(CheckReport& report, const Batch& b, const File& file) {
  const auto hold = [&](const char* name, const std::function<bool()>& agrees, const char* fault) {
    bool right = false;
    const CallOutcome outcome = watched_call(name, file, [&] { right = agrees(); }, {&b.x, &b.mean, &b.var});
    const std::string ending = outcome.ending.empty() && !right ? fault : outcome.ending;
    if (!ending.empty()) report.stop(call_equation("batch_norm", name, file), ending, Verdict::State::wrong);
  };
  const auto predict = [&] {
    Matrix y;
    batch_norm_predict(b.x, b.gamma, b.beta, b.mean, b.var, y);
    return relative_error(y, b.y, largest_size(b.y)) <= Real(1e-9);
  };
  const auto move = [&] {
    Matrix mean = b.gamma, var = b.beta, mean_expected = mean, var_expected = var;
    for (int j = 0; j < mean.size(); ++j) {
      mean_expected[j] = Real(0.9) * mean[j] + Real(0.1) * b.mean[j];
      var_expected[j] = Real(0.9) * var[j] + Real(0.1) * b.var[j];
    }
    batch_norm_update_moving(b.mean, b.var, mean, var);
    return relative_error(mean, mean_expected, 1) <= Real(1e-9) && relative_error(var, var_expected, 1) <= Real(1e-9);
  };
  hold("batch_norm_predict", predict,
       "with a batch's own mean and variance it gives other numbers than batch_norm_forward");
  hold("batch_norm_update_moving", move,
       "it gives other numbers than 0.9 of the old statistics and 0.1 of the batch's");
}

}  // namespace

void check_batch_norm(CheckReport& report, decltype(&batch_norm_backward) function, const File& file) {
  const auto equation = [&](const char* name, const char* comment) {
    return Equation{"batch_norm", name, "2 (4)", "batch_norm_backward", file, comment};
  };
  Judge judge(report);
  judge.all([&](const Case& c) {
    if (c.kind == Case::Kind::tiny) return;  // Σ (x - mean), 0 but for rounding, is large beside them
    Batch b = batch_of(c);
    const auto forward = [&] { batch_norm_forward(b.x, b.gamma, b.beta, b.mean, b.var, b.x_hat, b.y); };
    if (!judge.forward("batch_norm", forward, {&b.x, &b.gamma, &b.beta})) return;
    if (c.kind == Case::Kind::plain) check_moving_statistics(report, b, "src/layers/batch_norm.cpp");
    const Batch saved = b;
    const Columns columns = columns_of(b.var, b.gamma, b.beta);
    Matrix free_x_hat = b.x_hat, free_var = b.var, free_mean = b.mean;
    Matrix grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x;
    judge.judge({"batch_norm",
                 [&](Matrix& out) { batch_norm_forward(b.x, b.gamma, b.beta, b.mean, b.var, b.x_hat, out); },
                 [&](Matrix& out) { batch_norm_formula(b, out); },
                 b.r,
                 [&] {
                   function(b.x, b.gamma, saved.mean, saved.var, saved.x_hat, b.r, grad_beta, grad_gamma, grad_x_hat,
                            grad_var, grad_mean, grad_x);
                 },
                 {&b.x, &b.gamma, &b.beta, &saved.mean, &saved.var, &saved.x_hat, &b.r},
                 {{equation("grad_beta", "∂loss/∂β"), grad_beta, b.beta},
                  {equation("grad_gamma", "∂loss/∂γ"), grad_gamma, b.gamma, [&] { return grad_gamma_hints(saved); }},
                  {equation("grad_x_hat", "∂loss/∂x_hat"), grad_x_hat, free_x_hat,
                   [&] {
                     return Hints{{}, {{"γ is forgotten: yours is grad_y", b.r}}};
                   },
                   [&] { return loss_of_x_hat(saved, columns, free_x_hat); }},
                  {equation("grad_var", "∂loss/∂σ²"), grad_var, free_var, [&] { return grad_var_hints(saved); },
                   [&] { return loss_of_statistics(saved, saved.mean, free_var); }},
                  {equation("grad_mean", "∂loss/∂mean"), grad_mean, free_mean, nullptr,
                   [&] { return loss_of_mean(saved, free_mean); }},
                  {equation("grad_x", "∂loss/∂x ="), grad_x, b.x, [&] { return grad_x_hints(saved); }}}});
  });
}

}  // namespace handgrad
