#include "src/layers/batch_norm.h"

#include <cmath>

#include "src/matrix/columns.h"

namespace handgrad {

namespace {

// The loops of the functions below that have the same names, over all columns or some (src/matrix/columns.h). The sums
// among their outputs begin at 0.
template <typename In, typename Out>
void batch_norm_forward(In x, In gamma, In beta, Out mean, Out var, Out x_hat, Out y) {
  const Real n = static_cast<Real>(x.rows);

  // mean = 1/n Σ x
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) mean(0, j) += x(i, j);
  }
  for (int j = 0; j < x.cols; ++j) mean(0, j) /= n;

  // σ² = 1/n Σ (x - mean)²
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) var(0, j) += (x(i, j) - mean(0, j)) * (x(i, j) - mean(0, j));
  }
  for (int j = 0; j < x.cols; ++j) var(0, j) /= n;

  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) {
      x_hat(i, j) = (x(i, j) - mean(0, j)) / std::sqrt(var(0, j) + batch_norm_epsilon);
    }
    for (int j = 0; j < x.cols; ++j) y(i, j) = gamma(0, j) * x_hat(i, j) + beta(0, j);
  }
}

template <typename In, typename Out>
void batch_norm_backward(In x, In gamma, In mean, In var, In x_hat, In grad_y, Out grad_beta, Out grad_gamma,
                         Out grad_x_hat, Out grad_var, Out grad_mean, Out grad_x) {
  const Real n = static_cast<Real>(x.rows);

  // y = gamma x_hat + beta
  // ∂loss/∂β = Σ grad_y — section 2 (4)
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_beta(0, j) += grad_y(i, j);
  }
  // ∂loss/∂γ = Σ grad_y ⊗ x_hat — section 2 (4)
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_gamma(0, j) += grad_y(i, j) * x_hat(i, j);
  }
  // ∂loss/∂x_hat = grad_y ⊗ γ — section 2 (4)
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_x_hat(i, j) = grad_y(i, j) * gamma(0, j);
  }

  // x_hat = (x - mean) (σ² + ε)^(-1/2)
  // ∂loss/∂σ² = -1/2 Σ grad_x_hat ⊗ (x - mean) (σ² + ε)^(-3/2) — section 2 (4)
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_var(0, j) += grad_x_hat(i, j) * (x(i, j) - mean(0, j));
  }
  for (int j = 0; j < x.cols; ++j) {
    const Real var_eps = var(0, j) + batch_norm_epsilon;
    grad_var(0, j) *= Real(-0.5) / (var_eps * std::sqrt(var_eps));  // sooner than by pow
  }

  // mean enters x_hat = (x - mean) / sqrt(σ² + ε) and σ² = 1/n Σ (x - mean)²
  // ∂loss/∂mean = -Σ grad_x_hat / sqrt(σ² + ε) + grad_var (-2/n) Σ (x - mean) — section 2 (4)
  // The second term is always 0, because the deviations from a mean add up to 0: Σ (x - mean) = Σ x - n mean
  // = 0. It stays here because it is in the derivation.
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) {
      grad_mean(0, j) += -grad_x_hat(i, j) / std::sqrt(var(0, j) + batch_norm_epsilon);
      grad_mean(0, j) += grad_var(0, j) * (-2 / n) * (x(i, j) - mean(0, j));
    }
  }

  // x enters x_hat directly, σ² = 1/n Σ (x - mean)² and mean = 1/n Σ x: three paths meet
  // ∂loss/∂x = grad_x_hat / sqrt(σ² + ε) + grad_var 2/n (x - mean) + grad_mean 1/n — section 2 (4)
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) {
      grad_x(i, j) = grad_x_hat(i, j) / std::sqrt(var(0, j) + batch_norm_epsilon) +
                     grad_var(0, j) * 2 / n * (x(i, j) - mean(0, j)) + grad_mean(0, j) / n;
    }
  }
}

// Throws unless `name` is one row with a number for each column of x.
void check_row(const char* function, const Matrix& x, const char* name, const Matrix& row) {
  check_shape(function, "x", x, name, row, 1, x.cols);
}

}  // namespace

void batch_norm_forward(const Matrix& x, const Matrix& gamma, const Matrix& beta, Matrix& mean, Matrix& var,
                        Matrix& x_hat, Matrix& y) {
  check_row("batch_norm_forward", x, "gamma", gamma);
  check_row("batch_norm_forward", x, "beta", beta);
  check_not_empty("batch_norm_forward", "x", x);
  check_distinct("batch_norm_forward", "x_hat", x_hat, "x", x);
  check_distinct("batch_norm_forward", "y", y, "x", x);
  check_distinct("batch_norm_forward", "y", y, "x_hat", x_hat);
  mean.resize(1, x.cols);
  mean.fill(0);
  var.resize(1, x.cols);
  var.fill(0);
  x_hat.resize(x.rows, x.cols);
  y.resize(x.rows, x.cols);
  by_columns(
      x.cols, [](auto... columns) { batch_norm_forward(columns...); }, x, gamma, beta, mean, var, x_hat, y);
}

void batch_norm_update_moving(const Matrix& mean, const Matrix& var, Matrix& moving_mean, Matrix& moving_var) {
  check_shape("batch_norm_update_moving", "mean", mean, "var", var, 1, mean.cols);
  check_shape("batch_norm_update_moving", "mean", mean, "moving_mean", moving_mean, 1, mean.cols);
  check_shape("batch_norm_update_moving", "mean", mean, "moving_var", moving_var, 1, mean.cols);
  for (int j = 0; j < mean.cols; ++j) {
    moving_mean(0, j) = batch_norm_momentum * moving_mean(0, j) + (1 - batch_norm_momentum) * mean(0, j);
    moving_var(0, j) = batch_norm_momentum * moving_var(0, j) + (1 - batch_norm_momentum) * var(0, j);
  }
}

void batch_norm_predict(const Matrix& x, const Matrix& gamma, const Matrix& beta, const Matrix& moving_mean,
                        const Matrix& moving_var, Matrix& y) {
  check_row("batch_norm_predict", x, "gamma", gamma);
  check_row("batch_norm_predict", x, "beta", beta);
  check_row("batch_norm_predict", x, "moving_mean", moving_mean);
  check_row("batch_norm_predict", x, "moving_var", moving_var);
  y.resize(x.rows, x.cols);
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) {
      const Real x_hat = (x(i, j) - moving_mean(0, j)) / std::sqrt(moving_var(0, j) + batch_norm_epsilon);
      y(i, j) = gamma(0, j) * x_hat + beta(0, j);
    }
  }
}

void batch_norm_backward(const Matrix& x, const Matrix& gamma, const Matrix& mean, const Matrix& var,
                         const Matrix& x_hat, const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma,
                         Matrix& grad_x_hat, Matrix& grad_var, Matrix& grad_mean, Matrix& grad_x) {
  check_row("batch_norm_backward", x, "gamma", gamma);
  check_row("batch_norm_backward", x, "mean", mean);
  check_row("batch_norm_backward", x, "var", var);
  check_shape("batch_norm_backward", "x", x, "x_hat", x_hat, x.rows, x.cols);
  check_shape("batch_norm_backward", "x", x, "grad_y", grad_y, x.rows, x.cols);
  check_not_empty("batch_norm_backward", "x", x);
  check_distinct("batch_norm_backward", "grad_x_hat", grad_x_hat, "x", x);
  check_distinct("batch_norm_backward", "grad_x_hat", grad_x_hat, "x_hat", x_hat);
  check_distinct("batch_norm_backward", "grad_x_hat", grad_x_hat, "grad_y", grad_y);
  check_distinct("batch_norm_backward", "grad_x", grad_x, "x", x);
  check_distinct("batch_norm_backward", "grad_x", grad_x, "x_hat", x_hat);
  check_distinct("batch_norm_backward", "grad_x", grad_x, "grad_y", grad_y);
  check_distinct("batch_norm_backward", "grad_x", grad_x, "grad_x_hat", grad_x_hat);
  for (Matrix* row : {&grad_beta, &grad_gamma, &grad_var, &grad_mean}) {
    row->resize(1, x.cols);
    row->fill(0);
  }
  grad_x_hat.resize(x.rows, x.cols);
  grad_x.resize(x.rows, x.cols);
  by_columns(
      x.cols, [](auto... columns) { batch_norm_backward(columns...); }, x, gamma, mean, var, x_hat, grad_y, grad_beta,
      grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x);
}

}  // namespace handgrad
