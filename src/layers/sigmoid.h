#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// h = 1 / (1 + exp(-l)), element by element: between 0 and 1. h: as l. For l far below 0 exp(-l) becomes infinite and h
// rightly 0.
// Lecture, conclusion (3): what a network had before ReLU. Rumelhart, Hinton, Williams (1986), "Learning
// Representations by Back-Propagating Errors".
void sigmoid_forward(const Matrix& l, Matrix& h);

// grad_l = grad_h ⊗ h ⊗ (1 - h)
// h: what the forward pass computed, n × units; grad_h, grad_l: as h. Throws std::invalid_argument if grad_h has
// another shape than h. h (1 - h) is at most 1/4, at h = 1/2, so every sigmoid takes away at least three quarters of
// the gradient. Lesson 6's handout derives it.
void sigmoid_backward(const Matrix& h, const Matrix& grad_h, Matrix& grad_l);

}  // namespace handgrad
