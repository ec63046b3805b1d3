#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Batch normalization of every column by itself. Lecture, section 2 (3) and (4); Ioffe and Szegedy (2015), "Batch
// Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift".
//
// Everywhere below, x, x_hat, y and their gradients are n × units; gamma, beta, mean, var, moving_mean, moving_var and
// their gradients are 1 × units. No output may be an input of the same call.

// Added to the variance, so that a column which does not vary is not divided by 0.
constexpr Real batch_norm_epsilon = Real(1e-3);

// What the moving statistics keep of their old value at every batch.
constexpr Real batch_norm_momentum = Real(0.9);

// Training: normalizes by the batch's own mean and variance (divided by n, not n - 1).
//   mean = 1/n Σ x                         x_hat = (x - mean) / sqrt(var + ε)
//   var = 1/n Σ (x - mean)²                y = gamma x_hat + beta
// Section 2 (3).
void batch_norm_forward(const Matrix& x, const Matrix& gamma, const Matrix& beta, Matrix& mean, Matrix& var,
                        Matrix& x_hat, Matrix& y);

// moving_mean = 0.9 moving_mean + 0.1 mean, and moving_var from var likewise: after every batch of the training.
void batch_norm_update_moving(const Matrix& mean, const Matrix& var, Matrix& moving_mean, Matrix& moving_var);

// Prediction: normalizes by the moving statistics, so that a flower's prediction does not depend on the others.
//   y = gamma (x - moving_mean) / sqrt(moving_var + ε) + beta
// Section 2, exercise 1.
void batch_norm_predict(const Matrix& x, const Matrix& gamma, const Matrix& beta, const Matrix& moving_mean,
                        const Matrix& moving_var, Matrix& y);

// The six gradients of section 2 (4), in its order. grad_beta and grad_gamma are plain sums, as everywhere here; the
// lecture writes 1/n before them.
//   grad_beta  = Σ grad_y
//   grad_gamma = Σ grad_y ⊗ x_hat
//   grad_x_hat = grad_y ⊗ gamma
//   grad_var   = -1/2 Σ grad_x_hat ⊗ (x - mean) (var + ε)^(-3/2)
//   grad_mean  = -Σ grad_x_hat / sqrt(var + ε) + grad_var (-2/n) Σ (x - mean)
//   grad_x     = grad_x_hat / sqrt(var + ε) + grad_var 2/n (x - mean) + grad_mean 1/n
void batch_norm_backward(const Matrix& x, const Matrix& gamma, const Matrix& mean, const Matrix& var,
                         const Matrix& x_hat, const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma,
                         Matrix& grad_x_hat, Matrix& grad_var, Matrix& grad_mean, Matrix& grad_x);

}  // namespace handgrad
