#include "src/program/exercise.h"

#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson1`. The backward function is
// held against central differences. `make answer-lesson1` runs the answer, which is in answer.cpp.

namespace exercise {

using namespace handgrad;

// The gradients of l = x W + b, from grad_l (n × outputs): grad_W as W (inputs × outputs), grad_b as b (1 × outputs),
// grad_x as x (n × inputs). Lecture, section 2 (1). They are plain sums over the rows, without the lecture's 1/n.
void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x) {
  // ∂loss/∂W
  grad_W = Matrix(W.rows, W.cols);
  not_written_yet(x, grad_l);  // grad_W(k, j) = …; in place of this line

  // ∂loss/∂b
  grad_b = Matrix(1, W.cols);
  not_written_yet(grad_l);

  // ∂loss/∂x
  grad_x = Matrix(x.rows, x.cols);
  not_written_yet(grad_l, W);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 1",
                       {backward_exercise("fully_connected_backward",
                                          [](CheckReport& report) {
                                            check_fully_connected(report, exercise::fully_connected_backward,
                                                                  "lessons/lesson1/exercise.cpp");
                                          })},
                       argc, argv);
}
