#include "src/program/exercise.h"

#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson6`. The backward functions are
// held against central differences. `make answer-lesson6` runs the answer, which is in answer.cpp.

namespace exercise {

using namespace handgrad;

// The gradient of h = 1 / (1 + exp(-l)) from grad_h. h is what the forward pass computed; l itself is not needed.
void sigmoid_backward(const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l
  grad_l = Matrix(h.rows, h.cols);
  not_written_yet(grad_h);  // grad_l(i, j) = …; in place of this line
}

// The gradient of loss = 1/(n × classes) Σ (o - y)², where n × classes is the number of entries of o.
void squared_loss_backward(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  // ∂loss/∂o
  grad_o = Matrix(o.rows, o.cols);
  not_written_yet(y);  // grad_o(i, j) = …; in place of this line
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises(
      "Lesson 6",
      {backward_exercise("sigmoid_backward",
                         [](CheckReport& report) {
                           check_sigmoid(report, exercise::sigmoid_backward, "lessons/lesson6/exercise.cpp");
                         }),
       backward_exercise("squared_loss_backward",
                         [](CheckReport& report) {
                           check_squared_loss(report, exercise::squared_loss_backward, "lessons/lesson6/exercise.cpp");
                         })},
      argc, argv);
}
