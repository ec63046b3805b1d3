#include "lessons/exercise.h"

#include "lessons/lesson.h"
#include "lessons/lesson2/network.h"

// The lecture's exercise 1: predict one flower by hand, from the trained network's named parameters, and get what the
// network gets. Write what says not_written_yet, then `make exercise-lesson2`: it prints every step of yours beside the
// network's. `make answer-lesson2` runs the answer, which is in answer.cpp.
//
// The network: seven times fc, bn, relu; then fc8 and softmax.
namespace {

using namespace handgrad;

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

}  // namespace

int main(int argc, char** argv) {
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  return run_exercise("Exercise 1: the prediction of bn8 by hand", network, lecture_adam(), predict_by_hand, argc,
                      argv);
}
