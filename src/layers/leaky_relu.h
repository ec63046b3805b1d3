#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// h = l where l > 0, else slope l. h: as l.
// Lecture, section 5 (1): LeakyReLU(x, α), α = 0.25. Maas, Hannun, Ng (2013), "Rectifier Nonlinearities Improve Neural
// Network Acoustic Models".
void leaky_relu_forward(const Matrix& l, Real slope, Matrix& h);

// grad_l = grad_h ⊗ (1 where l > 0, else slope): some gradient passes a unit that is off.
// grad_h: as l; grad_l: as l. Throws std::invalid_argument if grad_h has another shape than l.
// Lecture, section 5 (1): ∂LeakyReLU(x, α)/∂x.
void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l);

}  // namespace handgrad
