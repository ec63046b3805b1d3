#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// What the lecture adds inside the logarithm, so that a probability of 0 costs 18.4 and not infinity.
constexpr Real log_loss_epsilon = Real(1e-8);

// loss = - mean over all n × classes entries of y ⊗ log(o + ε), the cross-entropy of one-hot labels; returns
// loss. o: n × classes, probabilities; y: n × classes, one-hot. Throws std::invalid_argument if the shapes
// differ. Lecture, section 1 (4): m_log. The mean divides by n × classes where the usual cross-entropy
// divides by n.
Real log_loss_forward(const Matrix& o, const Matrix& y);

// grad_o = - y / (o + ε) / (n × classes)
// grad_o: as o. Throws std::invalid_argument if the shapes differ.
// Lecture, section 2 (1), grad.o, of the loss as section 1 (4) computes it: for one-hot y only the true
// class's probability enters. This is the one place where 1/(3n) enters a gradient.
void log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o);

}  // namespace handgrad
