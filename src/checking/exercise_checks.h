#pragma once

#include "src/checking/check_report.h"
#include "src/checking/checks.h"

namespace handgrad {

// Checks of what exercises alone ask for: fused forms, and the backward pass of a whole network as one function, from
// the loss down. Each gradient is held against differences of the loss with respect to that variable, in backward
// order. The numbers are random, in several sizes, with no unit near the kink of its ReLU and one-hot labels y.

// Softmax and log loss in one expression, also with a true class whose probability is as small as ε.
using SoftmaxLogLossBackward = void (*)(const Matrix& o, const Matrix& y, Matrix& grad_l);
void check_softmax_log_loss(CheckReport& report, SoftmaxLogLossBackward function, const File& file);

// A batch norm's grad_x in one expression, with the two sums that it needs, which are grad_beta and grad_gamma.
using BatchNormFusedBackward = void (*)(const Matrix& gamma, const Matrix& var, const Matrix& x_hat,
                                        const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma, Matrix& grad_x);
void check_batch_norm_fused(CheckReport& report, BatchNormFusedBackward function, const File& file);

//   l1 = x W1 + b1,  h1 = ReLU(l1),  l2 = h1 W2 + b2,  h2 = ReLU(l2),  l3 = h2 W3 + b3
//   o = softmax(l3),  loss = log loss of o and y
using MlpBackward = void (*)(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                             const Matrix& l1, const Matrix& h1, const Matrix& l2, const Matrix& h2, const Matrix& o,
                             Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_h2,
                             Matrix& grad_l2, Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1,
                             Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x);
void check_mlp(CheckReport& report, MlpBackward function, const File& file);

//   l1 = x W1 + b1,  l1_hat = (l1 - mean1) / sqrt(var1 + ε),  y1 = gamma1 l1_hat + beta1,  h1 = ReLU(y1)
//   l2 = h1 W2 + b2,  o = softmax(l2),  loss = log loss of o and y
using BatchNormMlpBackward = void (*)(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2,
                                      const Matrix& l1, const Matrix& gamma1, const Matrix& mean1, const Matrix& var1,
                                      const Matrix& l1_hat, const Matrix& y1, const Matrix& h1, const Matrix& o,
                                      Matrix& grad_o, Matrix& grad_l2, Matrix& grad_W2, Matrix& grad_b2,
                                      Matrix& grad_h1, Matrix& grad_y1, Matrix& grad_beta1, Matrix& grad_gamma1,
                                      Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x);
void check_batch_norm_mlp(CheckReport& report, BatchNormMlpBackward function, const File& file);

//   l1 = x W1 + b1,   h1 = ReLU(l1),  r1 = h1 + x
//   l2 = r1 W2 + b2,  h2 = ReLU(l2),  r2 = h2 + r1
//   l3 = r2 W3 + b3,  o = softmax(l3),  loss = log loss of o and y
using ResidualMlpBackward = void (*)(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2,
                                     const Matrix& W3, const Matrix& l1, const Matrix& r1, const Matrix& l2,
                                     const Matrix& r2, const Matrix& o, Matrix& grad_o, Matrix& grad_l3,
                                     Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_r2, Matrix& grad_h2,
                                     Matrix& grad_l2, Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_r1,
                                     Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1,
                                     Matrix& grad_x);
void check_residual_mlp(CheckReport& report, ResidualMlpBackward function, const File& file);

// The same with r1 = x || h1 and r2 = r1 || h2.
using DenseMlpBackward = void (*)(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2,
                                  const Matrix& W3, const Matrix& l1, const Matrix& h1, const Matrix& r1,
                                  const Matrix& l2, const Matrix& h2, const Matrix& r2, const Matrix& o, Matrix& grad_o,
                                  Matrix& grad_l3, Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_r2, Matrix& grad_h2,
                                  Matrix& grad_l2, Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_r1, Matrix& grad_h1,
                                  Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x);
void check_dense_mlp(CheckReport& report, DenseMlpBackward function, const File& file);

//   l1 = x W1 + b1,  h1 = LeakyReLU(l1, slope),  l2 = h1 W2 + b2,  o = softmax(l2),  loss = log loss of o and y
using LeakyMlpBackward = void (*)(const Matrix& x, const Matrix& y, Real slope, const Matrix& W1, const Matrix& W2,
                                  const Matrix& l1, const Matrix& h1, const Matrix& o, Matrix& grad_o, Matrix& grad_l2,
                                  Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1,
                                  Matrix& grad_b1, Matrix& grad_x);
void check_leaky_mlp(CheckReport& report, LeakyMlpBackward function, const File& file);

}  // namespace handgrad
