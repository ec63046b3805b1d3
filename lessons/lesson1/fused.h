#pragma once

#include "src/matrix/matrix.h"

namespace handgrad::lesson1 {

// softmax_backward after log_loss_backward, in one expression: without grad_o, and so without a division by a small o.
//   grad_l = (o ⊗ Σ_k y_k o_k / (o_k + ε) - y ⊗ o / (o + ε)) / (n × classes), the sum over the classes of a row
// With ε = 0 and one-hot y this is the lecture's o - y, over n × classes. o, y, grad_l: n × classes. Throws
// std::invalid_argument if the shapes differ. The answer to lesson 1's exercise; its handout derives it.
void softmax_log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_l);

}  // namespace handgrad::lesson1
