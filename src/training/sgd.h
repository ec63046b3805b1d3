#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Stochastic gradient descent with momentum, one step of one parameter w:
//   m = momentum m - lr grad_w
//   w = w + m
// m is 0 before the first step. All of one shape, or std::invalid_argument is thrown.
// Lecture, section 3 (6): mx.opt.create("sgd", learning.rate = 0.05, momentum = 0.9).
void sgd_update(const Matrix& grad_w, double lr, double momentum, Matrix& m, Matrix& w);

}  // namespace handgrad
