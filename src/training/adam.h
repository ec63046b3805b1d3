#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// The learning rate of step number t (1, 2, …): lr sqrt(1 - beta2^t) / (1 - beta1^t). The moments begin at 0 and are
// too small in the first steps; this makes up for it.
double adam_corrected_lr(int t, double lr, double beta1, double beta2);

// Adam, one step of one parameter w:
//   m = beta1 m + (1 - beta1) grad_w
//   v = beta2 v + (1 - beta2) grad_w²
//   w = w - corrected_lr m / (sqrt(v) + epsilon)
// m and v are 0 before the first step. All of one shape, or std::invalid_argument is thrown.
// Lecture, section 1 (3): mx.opt.create("adam", 0.001, 0.9, 0.999, 1e-8). Kingma and Ba (2015), "Adam: A
// Method for Stochastic Optimization", section 2, in the order of computation that they call more efficient:
// epsilon is added to sqrt(v) before the correction of v.
void adam_update(const Matrix& grad_w, double corrected_lr, double beta1, double beta2, double epsilon, Matrix& m,
                 Matrix& v, Matrix& w);

}  // namespace handgrad
