#include "src/program/exercise.h"

#include "lessons/lesson4/network.h"
#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson4`. The backward function is
// held against central differences, the prediction against the trained network, step by step. `make answer-lesson4`
// runs the answer, which is in answer.cpp.
//
// The prediction is the lecture's exercise 3, dense6 by hand: fc1, relu1; then, for i = 2 to 6, fc, relu, and concat,
// which puts what the layer was given before what it computed; fc7, softmax.

namespace exercise {

using namespace handgrad;

// The gradients of r = x || h (the columns of x, then those of h), from grad_r, which is as wide as both: grad_x as x,
// grad_h as h. Lecture, section 4 (3), which leaves them out.
void concat_backward(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h) {
  // ∂loss/∂x_ij
  grad_x = Matrix(x.rows, x.cols);
  not_written_yet(grad_r);  // grad_x(i, j) = …; in place of this line

  // ∂loss/∂h_ij
  grad_h = Matrix(h.rows, h.cols);
  not_written_yet(grad_r);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  not_written_yet(x, W, b);  // l_j = Σ over k of x_k W_kj, + b_j; in place of this line
}

// h = max(l, 0), number by number.
Matrix relu(const Matrix& l) {
  not_written_yet(l);
}

// The numbers of a, then those of b, in one row.
Matrix concat(const Matrix& a, const Matrix& b) {
  not_written_yet(a, b);
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
Matrix softmax(const Matrix& l) {
  not_written_yet(l);
}

void predict_by_hand(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  const Matrix fc1_out = steps.add("fc1_out", fully_connected(x, PARAMS("fc1_weight"), PARAMS("fc1_bias")));
  const Matrix relu1_out = steps.add("relu1_out", relu(fc1_out));

  // Layers 2 to 6: fc2_out, relu2_out, concat2_out, and so on; then fc7_out and softmax_out.
  not_written_yet(relu1_out, concat, softmax);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson4::DenseMlp network({4, 3, 4, 5, 6, 7, 8, 3});
  return run_exercises(
      "Lesson 4",
      {backward_exercise("concat_backward",
                         [](CheckReport& report) {
                           check_concat(report, exercise::concat_backward, "lessons/lesson4/exercise.cpp");
                         }),
       prediction_exercise("the prediction of dense6", network, lecture_sgd(), exercise::predict_by_hand)},
      argc, argv);
}
