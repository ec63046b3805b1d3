#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// o_ij = exp(l_ij) / Σ_k exp(l_ik): every row of o is a probability distribution over the classes.
// l: n × classes; o: as l. The largest l of the row is subtracted first, which changes nothing but keeps exp
// finite. Lecture, section 3 (3): o = S(l).
void softmax_forward(const Matrix& l, Matrix& o);

// grad_l_ij = o_ij (grad_o_ij - Σ_k grad_o_ik o_ik)
// grad_o: as o; grad_l: as o. Throws std::invalid_argument if grad_o has another shape than o.
// Lecture, section 2 (1), from grad.o to grad.l: there only the result o - y, for a loss without ε, is given.
void softmax_backward(const Matrix& o, const Matrix& grad_o, Matrix& grad_l);

}  // namespace handgrad
