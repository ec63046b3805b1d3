#pragma once

#include "src/matrix/matrix.h"

namespace handgrad::lesson2 {

// The grad_x of batch_norm_backward in one expression, without grad_x_hat, grad_var and grad_mean:
//   grad_x = gamma / (n sqrt(var + ε)) (n grad_y - Σ grad_y - x_hat Σ grad_y ⊗ x_hat), the sums over the rows
// The sums are grad_beta and grad_gamma, which it leaves behind too. x_hat, grad_y, grad_x: n × units; the others:
// 1 × units. Throws std::invalid_argument if a shape does not fit. The answer to lesson 2's exercise; its handout
// derives it.
void batch_norm_fused_backward(const Matrix& gamma, const Matrix& var, const Matrix& x_hat, const Matrix& grad_y,
                               Matrix& grad_beta, Matrix& grad_gamma, Matrix& grad_x);

}  // namespace handgrad::lesson2
