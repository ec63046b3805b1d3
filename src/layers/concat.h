#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// r = x || h: the columns of x, then the columns of h, row by row.
// x: n × p, h: n × q, r: n × (p + q).
// Lecture, section 4 (3); its formula writes h || x, its code puts the older columns first, as here. Huang, Liu, van
// der Maaten, Weinberger (2017), "Densely Connected Convolutional Networks".
void concat_forward(const Matrix& x, const Matrix& h, Matrix& r);

// The gradient is cut where the columns were joined:
//   grad_x_ij = grad_r_ij          for j < p
//   grad_h_ij = grad_r_i,(p + j)   for j < q
// grad_r: n × (p + q); grad_x, grad_h: as x, h. Of x and h only the shapes are used.
// The lecture leaves this out (section 4 (3)); the handout of lesson 4 derives it.
void concat_backward(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h);

}  // namespace handgrad
