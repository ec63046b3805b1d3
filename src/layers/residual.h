#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// r = h + x, element by element: what a layer computed, and past it what the layer was given.
// h, x: one shape; r: as h.
// Lecture, section 3 (3): r_1 = h_1 + x. He, Zhang, Ren, Sun (2016), "Deep Residual Learning for Image Recognition".
void residual_forward(const Matrix& h, const Matrix& x, Matrix& r);

// The incoming gradient goes down both branches unchanged:
//   grad_h = grad_r      through the layer
//   grad_skip = grad_r   past the layer
// x also went into the layer; what comes back from there is added to grad_skip where the two meet, in the network.
// grad_r, grad_h, grad_skip: one shape.
// Lecture, section 3 (4): grad.h, and the second summand of grad.r_1 = grad.l_2 W_2ᵀ + grad.r_2.
void residual_backward(const Matrix& grad_r, Matrix& grad_h, Matrix& grad_skip);

}  // namespace handgrad
