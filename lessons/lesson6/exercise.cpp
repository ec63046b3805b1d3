#include "src/program/exercise.h"

#include <cmath>

#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson6`. Every gradient is held
// against its central difference. `make answer-lesson6` runs the answer, which is in answer.cpp. A matrix is NaN
// everywhere after resize: what you leave out is found, and what you add to (+=) needs a fill(0) first.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson6`：每個梯度都會與數值梯度比較。
// `make answer-lesson6` 執行解答 answer.cpp。resize 之後，矩陣的元素都是 NaN：漏寫的會被找出來；要用 += 累加的，
// 先 fill(0)。

namespace exercise {

using namespace handgrad;

// The gradient of h = 1 / (1 + exp(-l)) from grad_h. h is what the forward pass computed; l itself is not needed.
// h = 1 / (1 + exp(-l)) 的梯度，由 grad_h 推得；h 是前向傳播的結果，不需要 l。
void sigmoid_backward(const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l
  grad_l.resize(h.rows, h.cols);
  not_written_yet(grad_h);  // grad_l(i, j) = …; in place of this line
}

// The gradient of loss = 1/(n × classes) Σ (o - y)², where n × classes is the number of entries of o.
// 損失函數 1/(n × classes) Σ (o - y)² 的梯度；n × classes 是 o 的元素個數。
void squared_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  // ∂loss/∂o
  grad_o.resize(o.rows, o.cols);
  not_written_yet(y);  // grad_o(i, j) = …; in place of this line
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises(
      "Lesson 6",
      {backward_exercise("sigmoid_backward", check_sigmoid, exercise::sigmoid_backward),
       backward_exercise("squared_loss_backward", check_squared_loss, exercise::squared_loss_backward)},
      argc, argv);
}
