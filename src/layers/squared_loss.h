#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// loss = mean over all n × classes entries of (o - y)², the squared error; returns loss. o: n × classes; y: as o.
// Throws std::invalid_argument if the shapes differ. Lecture, conclusion (1): the residual sum of squares, which
// cross-entropy replaced. A sum of squares would be n × classes times as large, and its customary factor 1/2, which
// cancels the 2 of the gradient, is not here either: the mean is what log_loss takes too, so that the two compare.
Real squared_loss_forward(const Matrix& o, const Matrix& y);

// grad_o = 2 (o - y) / (n × classes)
// grad_o: as o. Throws std::invalid_argument if the shapes differ. As in log_loss_backward, this is the one place where
// 1/(3n) enters a gradient. Lesson 6's handout derives it.
void squared_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o);

}  // namespace handgrad
