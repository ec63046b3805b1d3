#pragma once

#include "src/matrix/matrix.h"

// The convention of every layer, stated here because this is the first layer that a reader meets.
//
// - A layer is a pair of functions, NAME_forward and NAME_backward. Neither keeps anything: what the backward function
//   needs of the forward pass is handed to it.
// - Order of arguments: forward values that were saved, the incoming gradient, the outgoing gradients.
// - grad_z is ∂loss/∂z and has the shape of z.
// - A function gives its outputs their shape and overwrites what they held; it never adds to it. Where two paths meet,
//   the network writes out the sum.
// - The loss is a mean over all n × 3 entries of a batch (n rows, 3 classes), so 1/(3n) enters once, in
//   log_loss_backward or squared_loss_backward, and every gradient below is a plain sum over the rows. The lecture
//   writes 1/n at each parameter instead and leaves the 3 out: the same gradients up to that factor 3.
// - Arguments whose shapes do not fit throw std::invalid_argument with one line that says which, and what would fit.
// - An output must not be an input of the same call.

namespace handgrad {

// l = x W + b
// x: n × inputs, W: inputs × outputs, b: 1 × outputs, l: n × outputs.
// Lecture, section 3 (3): l = L(x, W).
void fully_connected_forward(const Matrix& x, const Matrix& W, const Matrix& b, Matrix& l);

// grad_W = xᵀ grad_l,  grad_b = Σ over rows of grad_l,  grad_x = grad_l Wᵀ
// grad_l: n × outputs; grad_W, grad_b, grad_x: as W, b, x.
// Lecture, section 2 (1): grad.W, grad.h.
void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x);

// grad_W = xᵀ grad_l,  grad_b = Σ over rows of grad_l
// The first two of the three above, for a first layer: its x is the data, which no step changes, and grad_x has no use.
// x: n × inputs, grad_l: n × outputs; grad_W: inputs × outputs, grad_b: 1 × outputs.
// Lecture, section 2 (1): grad.W.
void fully_connected_backward_parameters(const Matrix& x, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b);

}  // namespace handgrad
