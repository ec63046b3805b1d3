#include "src/checking/checks.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.
// exercise.cpp 的解答。

namespace exercise {

using namespace handgrad;

// The gradient of h = 1 / (1 + exp(-l)) from grad_h. h is what the forward pass computed; l itself is not needed.
// h = 1 / (1 + exp(-l)) 的梯度，由 grad_h 推得；h 是前向傳播的結果，不需要 l。
void sigmoid_backward(const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l: the derivative of the sigmoid is h (1 - h)
  grad_l = Matrix(h.rows, h.cols);
  for (int i = 0; i < h.rows; ++i) {
    for (int j = 0; j < h.cols; ++j) grad_l(i, j) = grad_h(i, j) * h(i, j) * (1 - h(i, j));
  }
}

// The gradient of loss = 1/(n × classes) Σ (o - y)², where n × classes is the number of entries of o.
// 損失函數 1/(n × classes) Σ (o - y)² 的梯度；n × classes 是 o 的元素個數。
void squared_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  // ∂loss/∂o: of each square 2 (o - y), of the mean 1/(n × classes)
  grad_o = Matrix(o.rows, o.cols);
  for (int i = 0; i < o.rows; ++i) {
    for (int j = 0; j < o.cols; ++j) grad_o(i, j) = 2 * (o(i, j) - y(i, j)) / static_cast<Real>(o.size());
  }
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises(
      "Lesson 6, answer",
      {backward_exercise("sigmoid_backward", check_sigmoid, exercise::sigmoid_backward),
       backward_exercise("squared_loss_backward", check_squared_loss, exercise::squared_loss_backward)},
      argc, argv);
}
