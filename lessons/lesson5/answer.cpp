#include "src/checking/exercise_checks.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/softmax.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.
// exercise.cpp 的解答。

namespace exercise {

using namespace handgrad;

// The gradient of h = l where l > 0, else slope l, from grad_h. Lecture, section 5 (1).
// h = l（若 l > 0，否則 slope l）的梯度，由 grad_h 推得。講義第五節 (1)。
void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l: the derivative is 1 where l > 0, else slope
  grad_l = Matrix(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) grad_l(i, j) = grad_h(i, j) * (l(i, j) > 0 ? 1 : slope);
  }
}

// The backward pass of a network with a LeakyReLU, from the loss down:
// 有 LeakyReLU 的網路的反向傳播，從損失函數往下：
//   l1 = x W1 + b1,  h1 = LeakyReLU(l1, slope),  l2 = h1 W2 + b2,  o = softmax(l2)
//   loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
void leaky_mlp_backward(const Matrix& x, const Matrix& y, Real slope, const Matrix& W1, const Matrix& W2,
                        const Matrix& l1, const Matrix& h1, const Matrix& o, Matrix& grad_o, Matrix& grad_l2,
                        Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1,
                        Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o = -1/(n × classes) y / (o + ε)
  log_loss_backward(o, y, grad_o);

  // ∂loss/∂l2 = o ⊗ (grad_o - Σ_k grad_o o)
  softmax_backward(o, grad_o, grad_l2);

  // ∂loss/∂W2 = h1ᵀ grad_l2
  // ∂loss/∂b2 = the sum of grad_l2 over the rows
  // ∂loss/∂h1 = grad_l2 W2ᵀ
  fully_connected_backward(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂l1 = grad_h1 where l1 > 0, else slope grad_h1
  exercise::leaky_relu_backward(l1, slope, grad_h1, grad_l1);

  // ∂loss/∂W1 = xᵀ grad_l1
  // ∂loss/∂b1 = the sum of grad_l1 over the rows
  // ∂loss/∂x = grad_l1 W1ᵀ
  fully_connected_backward(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 5, answer",
                       {backward_exercise("leaky_relu_backward", check_leaky_relu, exercise::leaky_relu_backward),
                        backward_exercise("leaky_mlp_backward", check_leaky_mlp, exercise::leaky_mlp_backward)},
                       argc, argv);
}
