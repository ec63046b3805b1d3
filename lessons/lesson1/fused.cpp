#include "lessons/lesson1/fused.h"

#include "src/layers/log_loss.h"

namespace handgrad::lesson1 {

void softmax_log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_l) {
  check_shape("softmax_log_loss_backward", "o", o, "y", y, o.rows, o.cols);
  grad_l.resize(o.rows, o.cols);
  const Real entries = static_cast<Real>(o.size());
  for (int i = 0; i < o.rows; ++i) {
    // loss = -1/(n × classes) Σ y log(o + ε), o = S(l)
    // ∂loss/∂l = (o ⊗ Σ_k y_k o_k / (o_k + ε) - y ⊗ o / (o + ε)) / (n × classes)
    Real sum = 0;
    for (int k = 0; k < o.cols; ++k) {
      grad_l(i, k) = y(i, k) * o(i, k) / (o(i, k) + log_loss_epsilon);
      sum += grad_l(i, k);
    }
    for (int j = 0; j < o.cols; ++j) grad_l(i, j) = (o(i, j) * sum - grad_l(i, j)) / entries;
  }
}

}  // namespace handgrad::lesson1
