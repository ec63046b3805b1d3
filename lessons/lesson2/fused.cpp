#include "lessons/lesson2/fused.h"

#include <cmath>

#include "src/layers/batch_norm.h"

namespace handgrad::lesson2 {

void batch_norm_fused_backward(const Matrix& gamma, const Matrix& var, const Matrix& x_hat, const Matrix& grad_y,
                               Matrix& grad_beta, Matrix& grad_gamma, Matrix& grad_x) {
  check_shape("batch_norm_fused_backward", "x_hat", x_hat, "gamma", gamma, 1, x_hat.cols);
  check_shape("batch_norm_fused_backward", "x_hat", x_hat, "var", var, 1, x_hat.cols);
  check_shape("batch_norm_fused_backward", "x_hat", x_hat, "grad_y", grad_y, x_hat.rows, x_hat.cols);
  const Real n = static_cast<Real>(x_hat.rows);
  for (Matrix* row : {&grad_beta, &grad_gamma}) {
    row->resize(1, x_hat.cols);
    row->fill(0);
  }

  // ∂loss/∂beta = Σ grad_y
  // ∂loss/∂gamma = Σ grad_y ⊗ x_hat
  for (int i = 0; i < x_hat.rows; ++i) {
    for (int j = 0; j < x_hat.cols; ++j) {
      grad_beta(0, j) += grad_y(i, j);
      grad_gamma(0, j) += grad_y(i, j) * x_hat(i, j);
    }
  }

  // ∂loss/∂x = gamma / (n sqrt(σ² + ε)) (n grad_y - grad_beta - x_hat grad_gamma)
  grad_x.resize(x_hat.rows, x_hat.cols);
  for (int i = 0; i < x_hat.rows; ++i) {
    for (int j = 0; j < x_hat.cols; ++j) {
      grad_x(i, j) = gamma(0, j) / (n * std::sqrt(var(0, j) + batch_norm_epsilon)) *
                     (n * grad_y(i, j) - grad_beta(0, j) - x_hat(i, j) * grad_gamma(0, j));
    }
  }
}

}  // namespace handgrad::lesson2
