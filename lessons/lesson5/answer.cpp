#include "src/checking/checks.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.

namespace exercise {

using namespace handgrad;

// The gradient of h = l where l > 0, else slope l, from grad_h. Lecture, section 5 (1).
void leaky_relu_backward(const Matrix& l, Real slope, const Matrix& grad_h, Matrix& grad_l) {
  // ∂loss/∂l: the derivative is 1 where l > 0, else slope
  grad_l = Matrix(l.rows, l.cols);
  for (int i = 0; i < l.rows; ++i) {
    for (int j = 0; j < l.cols; ++j) grad_l(i, j) = grad_h(i, j) * (l(i, j) > 0 ? 1 : slope);
  }
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 5, answer",
                       {backward_exercise("leaky_relu_backward",
                                          [](CheckReport& report) {
                                            check_leaky_relu(report, exercise::leaky_relu_backward,
                                                             "lessons/lesson5/answer.cpp");
                                          })},
                       argc, argv);
}
