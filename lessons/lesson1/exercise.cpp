#include "src/program/exercise.h"

#include <cmath>

#include "src/checking/exercise_checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson1`. Every gradient is held
// against its central difference. `make answer-lesson1` runs the answer, which is in answer.cpp. A matrix is NaN
// everywhere after resize: what you leave out is found, and what you add to (+=) needs a fill(0) first.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson1`：每個梯度都會與數值梯度比較。
// `make answer-lesson1` 執行解答 answer.cpp。resize 之後，矩陣的元素都是 NaN：漏寫的會被找出來；要用 += 累加的，
// 先 fill(0)。

namespace exercise {

using namespace handgrad;

// The gradients of l = x W + b, from grad_l (n × outputs): grad_W as W (inputs × outputs), grad_b as b (1 × outputs),
// grad_x as x (n × inputs). Lecture, section 2 (1). They are plain sums over the rows, without the lecture's 1/n.
// l = x W + b 的三個梯度，由 grad_l 推得；對各列直接加總，不乘講義的 1/n。
void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x) {
  // ∂loss/∂W
  grad_W.resize(W.rows, W.cols);
  not_written_yet(x, grad_l);  // grad_W(k, j) = …; in place of this line

  // ∂loss/∂b
  grad_b.resize(1, W.cols);
  not_written_yet(grad_l);

  // ∂loss/∂x
  grad_x.resize(x.rows, x.cols);
  not_written_yet(grad_l, W);
}

// The gradient of softmax and log loss in one expression: o = softmax(l), loss = -1/(n × classes) Σ y log(o + ε).
// ε is log_loss_epsilon. o and y are n × classes; a row of y is 1 for the true class, else 0.
// softmax 與損失函數合併成一個公式，直接由 o 與 y 算出 grad_l；ε 是 log_loss_epsilon。
void softmax_log_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_l) {
  // ∂loss/∂l
  grad_l.resize(o.rows, o.cols);
  not_written_yet(y, log_loss_epsilon);
}

// The backward pass of a network with three layers, from the loss down, in this order:
// 三層網路的反向傳播，從損失函數往下，依照這個順序：
//   l1 = x W1 + b1,  h1 = ReLU(l1),  l2 = h1 W2 + b2,  h2 = ReLU(l2),  l3 = h2 W3 + b3,  o = softmax(l3)
//   loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
// Write loops, or call your own function, exercise::fully_connected_backward, or the layers',
// handgrad::fully_connected_backward and others (src/layers).
// 可以寫迴圈，也可以呼叫自己上面的函數（exercise::…）或 src/layers 的函數（handgrad::…）。
void mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                  const Matrix& l1, const Matrix& h1, const Matrix& l2, const Matrix& h2, const Matrix& o,
                  Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_h2, Matrix& grad_l2,
                  Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1,
                  Matrix& grad_x) {
  // ∂loss/∂o
  not_written_yet(o, y, grad_o);

  // ∂loss/∂l3
  not_written_yet(o, grad_o, grad_l3);

  // ∂loss/∂W3
  // ∂loss/∂b3
  // ∂loss/∂h2
  not_written_yet(h2, W3, grad_l3, grad_W3, grad_b3, grad_h2);

  // ∂loss/∂l2
  not_written_yet(l2, grad_h2, grad_l2);

  // ∂loss/∂W2
  // ∂loss/∂b2
  // ∂loss/∂h1
  not_written_yet(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂l1
  not_written_yet(l1, grad_h1, grad_l1);

  // ∂loss/∂W1
  // ∂loss/∂b1
  // ∂loss/∂x
  not_written_yet(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises(
      "Lesson 1",
      {backward_exercise("fully_connected_backward", check_fully_connected, exercise::fully_connected_backward),
       backward_exercise("softmax_log_loss_backward", check_softmax_log_loss, exercise::softmax_log_loss_backward),
       backward_exercise("mlp_backward", check_mlp, exercise::mlp_backward)},
      argc, argv);
}
