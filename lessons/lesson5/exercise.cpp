#include "src/program/exercise.h"

#include <cmath>

#include "src/checking/exercise_checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson5`. Every gradient is held
// against its central difference. `make answer-lesson5` runs the answer, which is in answer.cpp. A matrix is NaN
// everywhere after resize: what you leave out is found, and what you add to (+=) needs a fill(0) first.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson5`：每個梯度都會與數值梯度比較。
// `make answer-lesson5` 執行解答 answer.cpp。resize 之後，矩陣的元素都是 NaN：漏寫的會被找出來；要用 += 累加的，
// 先 fill(0)。

namespace exercise {

using namespace handgrad;

// The gradient of h = l where l > 0, else slope l, from grad_h. Lecture, section 5 (1).
// h = l（若 l > 0，否則 slope l）的梯度，由 grad_h 推得。講義第五節 (1)。
void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l
  grad_l.resize(l.rows, l.cols);
  not_written_yet(slope, grad_h);  // grad_l(i, j) = …; in place of this line
}

// The backward pass of a network with a LeakyReLU, from the loss down, in this order:
// 有 LeakyReLU 的網路的反向傳播，從損失函數往下，依照這個順序：
//   l1 = x W1 + b1,  h1 = LeakyReLU(l1, slope),  l2 = h1 W2 + b2,  o = softmax(l2)
//   loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
// Write loops, or call your own function, exercise::leaky_relu_backward, or the layers',
// handgrad::leaky_relu_backward and others (src/layers).
// 可以寫迴圈，也可以呼叫自己上面的函數（exercise::…）或 src/layers 的函數（handgrad::…）。
void leaky_mlp_backward(const Matrix& x, const Matrix& y, Real slope, const Matrix& W1, const Matrix& W2,
                        const Matrix& l1, const Matrix& h1, const Matrix& o, Matrix& grad_o, Matrix& grad_l2,
                        Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1,
                        Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o
  not_written_yet(o, y, grad_o);

  // ∂loss/∂l2
  not_written_yet(o, grad_o, grad_l2);

  // ∂loss/∂W2
  // ∂loss/∂b2
  // ∂loss/∂h1
  not_written_yet(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂l1
  not_written_yet(l1, slope, grad_h1, grad_l1);

  // ∂loss/∂W1
  // ∂loss/∂b1
  // ∂loss/∂x
  not_written_yet(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 5",
                       {backward_exercise("leaky_relu_backward", check_leaky_relu, exercise::leaky_relu_backward),
                        backward_exercise("leaky_mlp_backward", check_leaky_mlp, exercise::leaky_mlp_backward)},
                       argc, argv);
}
