#include "src/program/exercise.h"

#include "lessons/lesson3/network.h"
#include "src/checking/checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson3`. The backward function is
// held against central differences, the prediction against the trained network, step by step. `make answer-lesson3`
// runs the answer, which is in answer.cpp.
//
// The prediction is the lecture's exercise 2, res6 by hand: fc1, relu1; then, for i = 2 to 6, fc, relu, and plus, which
// adds what the layer was given; fc7, softmax.

namespace exercise {

using namespace handgrad;

// The gradients of a residual block, from grad_r (n × units), in the order of section 3 (4):
//   l = r_before W + b,  h = ReLU(l),  r = h + r_before.
// grad_h, grad_l and grad_r_before are n × units, grad_W is units × units, grad_b 1 × units. The layers' own functions
// may be used: relu_backward, fully_connected_backward.
void residual_block_backward(const Matrix& r_before, const Matrix& W, const Matrix& l, const Matrix& grad_r,
                             Matrix& grad_h, Matrix& grad_l, Matrix& grad_W, Matrix& grad_b, Matrix& grad_r_before) {
  // ∂loss/∂h
  not_written_yet(grad_r, grad_h);  // grad_h = …; in place of this line

  // ∂loss/∂l
  not_written_yet(l, grad_h, grad_l);

  // ∂loss/∂W and ∂loss/∂b
  not_written_yet(r_before, W, grad_l, grad_W, grad_b);

  // ∂loss/∂r_before: it went into the layer and past it
  not_written_yet(grad_l, W, grad_r, grad_r_before);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  not_written_yet(x, W, b);  // l_j = Σ over k of x_k W_kj, + b_j; in place of this line
}

// h = max(l, 0), number by number.
Matrix relu(const Matrix& l) {
  not_written_yet(l);
}

// a + b, number by number.
Matrix plus(const Matrix& a, const Matrix& b) {
  not_written_yet(a, b);
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
Matrix softmax(const Matrix& l) {
  not_written_yet(l);
}

void predict_by_hand(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  const Matrix fc1_out = steps.add("fc1_out", fully_connected(x, PARAMS("fc1_weight"), PARAMS("fc1_bias")));
  const Matrix relu1_out = steps.add("relu1_out", relu(fc1_out));

  // Layers 2 to 6: fc2_out, relu2_out, plus2_out, and so on; then fc7_out and softmax_out.
  not_written_yet(relu1_out, plus, softmax);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson3::ResidualMlp network(layer_widths(6, 3));
  return run_exercises(
      "Lesson 3",
      {backward_exercise("residual_block_backward",
                         [](CheckReport& report) {
                           check_residual_block(report, exercise::residual_block_backward,
                                                "lessons/lesson3/exercise.cpp");
                         }),
       prediction_exercise("the prediction of res6", network, lecture_sgd(), exercise::predict_by_hand)},
      argc, argv);
}
