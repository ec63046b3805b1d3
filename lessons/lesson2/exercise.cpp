#include "src/program/exercise.h"

#include "lessons/lesson2/network.h"
#include "src/checking/checks.h"
#include "src/layers/batch_norm.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson2`. The backward function is
// held against central differences, the prediction against the trained network, step by step. `make answer-lesson2`
// runs the answer, which is in answer.cpp.
//
// The prediction is the lecture's exercise 1, bn8 by hand: seven times fc, bn, relu; then fc8 and softmax.

namespace exercise {

using namespace handgrad;

// The six gradients of a batch norm, from grad_y (n × units), in the order of section 2 (4):
//   mean = 1/n Σ x,  var = 1/n Σ (x - mean)²,  x_hat = (x - mean) / sqrt(var + ε),  y = gamma x_hat + beta.
// grad_x_hat and grad_x are n × units, the others 1 × units. grad_beta and grad_gamma are plain sums, without the
// lecture's 1/n.
void batch_norm_backward(const Matrix& x, const Matrix& gamma, const Matrix& mean, const Matrix& var,
                         const Matrix& x_hat, const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma,
                         Matrix& grad_x_hat, Matrix& grad_var, Matrix& grad_mean, Matrix& grad_x) {
  const int n = x.rows, units = x.cols;

  // ∂loss/∂β
  grad_beta = Matrix(1, units);
  not_written_yet(n, grad_y);  // for every row i and unit j: grad_beta(0, j) += …; in place of this line

  // ∂loss/∂γ
  grad_gamma = Matrix(1, units);
  not_written_yet(grad_y, x_hat);

  // ∂loss/∂x_hat
  grad_x_hat = Matrix(n, units);
  not_written_yet(grad_y, gamma);

  // ∂loss/∂σ²
  grad_var = Matrix(1, units);
  not_written_yet(grad_x_hat, x, mean, var, batch_norm_epsilon);

  // ∂loss/∂mean
  grad_mean = Matrix(1, units);
  not_written_yet(grad_x_hat, grad_var, x, mean, var);

  // ∂loss/∂x = the sum of three paths
  grad_x = Matrix(n, units);
  not_written_yet(grad_x_hat, grad_var, grad_mean, x, mean, var);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  not_written_yet(x, W, b);  // l_j = Σ over k of x_k W_kj, + b_j; in place of this line
}

// y = gamma (l - moving_mean) / sqrt(moving_var + 0.001) + beta, number by number: prediction normalizes by the moving
// statistics.
Matrix batch_norm(const Matrix& l, const Matrix& gamma, const Matrix& beta, const Matrix& moving_mean,
                  const Matrix& moving_var) {
  not_written_yet(l, gamma, beta, moving_mean, moving_var);
}

// h = max(l, 0), number by number.
Matrix relu(const Matrix& l) {
  not_written_yet(l);
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
Matrix softmax(const Matrix& l) {
  not_written_yet(l);
}

void predict_by_hand(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  const Matrix fc1_out = steps.add("fc1_out", fully_connected(x, PARAMS("fc1_weight"), PARAMS("fc1_bias")));
  const Matrix bn1_out = steps.add("bn1_out", batch_norm(fc1_out, PARAMS("bn1_gamma"), PARAMS("bn1_beta"),
                                                         PARAMS("bn1_moving_mean"), PARAMS("bn1_moving_var")));
  const Matrix relu1_out = steps.add("relu1_out", relu(bn1_out));

  not_written_yet(relu1_out, softmax);  // layers 2 to 7 in the same way, then fc8_out and softmax_out
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  return run_exercises(
      "Lesson 2",
      {backward_exercise("batch_norm_backward",
                         [](CheckReport& report) {
                           check_batch_norm(report, exercise::batch_norm_backward, "lessons/lesson2/exercise.cpp");
                         }),
       prediction_exercise("the prediction of bn8", network, lecture_adam(), exercise::predict_by_hand)},
      argc, argv);
}
