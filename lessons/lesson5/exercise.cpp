#include "src/program/exercise.h"

#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson5`. The backward function is
// held against central differences. `make answer-lesson5` runs the answer, which is in answer.cpp.

namespace exercise {

using namespace handgrad;

// The gradient of h = l where l > 0, else slope l, from grad_h. Lecture, section 5 (1).
void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l
  grad_l = Matrix(l.rows, l.cols);
  not_written_yet(slope, grad_h);  // grad_l(i, j) = …; in place of this line
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 5",
                       {backward_exercise("leaky_relu_backward",
                                          [](CheckReport& report) {
                                            check_leaky_relu(report, exercise::leaky_relu_backward,
                                                             "lessons/lesson5/exercise.cpp");
                                          })},
                       argc, argv);
}
