#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// h = max(l, 0), element by element. h: as l.
// Lecture, section 3 (3): h = ReLU(l).
void relu_forward(const Matrix& l, Matrix& h);

// grad_l = grad_h ⊗ (1 where l > 0, else 0). At the kink l = 0 the derivative is taken as 0. A gradient that is NaN or
// infinite becomes NaN where the unit is off, since 0 · ∞ is NaN: a fault above is not hidden.
// grad_h: as l; grad_l: as l. Throws std::invalid_argument if grad_h has another shape than l.
// Lecture, section 2 (1): grad.l = grad.h ⊗ ∂ReLU(l)/∂l.
void relu_backward(const Matrix& l, const Matrix& grad_h, Matrix& grad_l);

}  // namespace handgrad
