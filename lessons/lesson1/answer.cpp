#include "lessons/lesson1/fused.h"
#include "src/checking/exercise_checks.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp; softmax_log_loss_backward is in fused.cpp.
// exercise.cpp 的解答；softmax_log_loss_backward 在 fused.cpp。

namespace exercise {

using namespace handgrad;

// The gradients of l = x W + b, from grad_l (n × outputs): grad_W as W (inputs × outputs), grad_b as b (1 × outputs),
// grad_x as x (n × inputs). Lecture, section 2 (1). They are plain sums over the rows, without the lecture's 1/n.
// l = x W + b 的三個梯度，由 grad_l 推得；對各列直接加總，不乘講義的 1/n。
void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x) {
  // ∂loss/∂W = xᵀ grad_l: weight (k, j) leads from x_ik to l_ij in every row i
  grad_W = Matrix(W.rows, W.cols);  // 0 everywhere
  for (int k = 0; k < W.rows; ++k) {
    for (int j = 0; j < W.cols; ++j) {
      for (int i = 0; i < x.rows; ++i) grad_W(k, j) += x(i, k) * grad_l(i, j);
    }
  }

  // ∂loss/∂b: b_j is added to l_ij in every row i
  grad_b = Matrix(1, W.cols);  // 0 everywhere
  for (int j = 0; j < W.cols; ++j) {
    for (int i = 0; i < x.rows; ++i) grad_b(0, j) += grad_l(i, j);
  }

  // ∂loss/∂x = grad_l Wᵀ: x_ik enters every l_ij of its row with weight (k, j)
  grad_x = Matrix(x.rows, x.cols);  // 0 everywhere
  for (int i = 0; i < x.rows; ++i) {
    for (int k = 0; k < W.rows; ++k) {
      for (int j = 0; j < W.cols; ++j) grad_x(i, k) += grad_l(i, j) * W(k, j);
    }
  }
}

// The backward pass of a network with three layers, from the loss down:
// 三層網路的反向傳播，從損失函數往下：
//   l1 = x W1 + b1,  h1 = ReLU(l1),  l2 = h1 W2 + b2,  h2 = ReLU(l2),  l3 = h2 W3 + b3,  o = softmax(l3)
//   loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
void mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                  const Matrix& l1, const Matrix& h1, const Matrix& l2, const Matrix& h2, const Matrix& o,
                  Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_h2, Matrix& grad_l2,
                  Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1,
                  Matrix& grad_x) {
  // ∂loss/∂o = -1/(n × classes) y / (o + ε)
  log_loss_backward(o, y, grad_o);

  // ∂loss/∂l3 = o ⊗ (grad_o - Σ_k grad_o o)
  softmax_backward(o, grad_o, grad_l3);

  // ∂loss/∂W3 = h2ᵀ grad_l3
  // ∂loss/∂b3 = the sum of grad_l3 over the rows
  // ∂loss/∂h2 = grad_l3 W3ᵀ
  exercise::fully_connected_backward(h2, W3, grad_l3, grad_W3, grad_b3, grad_h2);

  // ∂loss/∂l2 = grad_h2 where l2 > 0, else 0
  relu_backward(l2, grad_h2, grad_l2);

  // ∂loss/∂W2 = h1ᵀ grad_l2
  // ∂loss/∂b2 = the sum of grad_l2 over the rows
  // ∂loss/∂h1 = grad_l2 W2ᵀ
  exercise::fully_connected_backward(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂l1 = grad_h1 where l1 > 0, else 0
  relu_backward(l1, grad_h1, grad_l1);

  // ∂loss/∂W1 = xᵀ grad_l1
  // ∂loss/∂b1 = the sum of grad_l1 over the rows
  // ∂loss/∂x = grad_l1 W1ᵀ
  exercise::fully_connected_backward(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises(
      "Lesson 1, answer",
      {backward_exercise("fully_connected_backward", check_fully_connected, exercise::fully_connected_backward),
       backward_exercise("softmax_log_loss_backward", check_softmax_log_loss, lesson1::softmax_log_loss_backward,
                         "lessons/lesson1/fused.cpp"),
       backward_exercise("mlp_backward", check_mlp, exercise::mlp_backward)},
      argc, argv);
}
