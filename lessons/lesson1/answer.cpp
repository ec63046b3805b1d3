#include "src/checking/checks.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.

namespace exercise {

using namespace handgrad;

// The gradients of l = x W + b, from grad_l (n × outputs): grad_W as W (inputs × outputs), grad_b as b (1 × outputs),
// grad_x as x (n × inputs). Lecture, section 2 (1). They are plain sums over the rows, without the lecture's 1/n.
void fully_connected_backward(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                              Matrix& grad_x) {
  // ∂loss/∂W = xᵀ grad_l: weight (k, j) leads from x_ik to l_ij in every row i
  grad_W = Matrix(W.rows, W.cols);
  for (int k = 0; k < W.rows; ++k) {
    for (int j = 0; j < W.cols; ++j) {
      for (int i = 0; i < x.rows; ++i) grad_W(k, j) += x(i, k) * grad_l(i, j);
    }
  }

  // ∂loss/∂b: b_j is added to l_ij in every row i
  grad_b = Matrix(1, W.cols);
  for (int j = 0; j < W.cols; ++j) {
    for (int i = 0; i < x.rows; ++i) grad_b(0, j) += grad_l(i, j);
  }

  // ∂loss/∂x = grad_l Wᵀ: x_ik enters every l_ij of its row with weight (k, j)
  grad_x = Matrix(x.rows, x.cols);
  for (int i = 0; i < x.rows; ++i) {
    for (int k = 0; k < W.rows; ++k) {
      for (int j = 0; j < W.cols; ++j) grad_x(i, k) += grad_l(i, j) * W(k, j);
    }
  }
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 1, answer",
                       {backward_exercise("fully_connected_backward",
                                          [](CheckReport& report) {
                                            check_fully_connected(report, exercise::fully_connected_backward,
                                                                  "lessons/lesson1/answer.cpp");
                                          })},
                       argc, argv);
}
