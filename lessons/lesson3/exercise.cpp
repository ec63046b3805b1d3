#include "lessons/exercise.h"

#include "lessons/lesson.h"
#include "lessons/lesson3/network.h"

// The lecture's exercise 2: predict one flower by hand, from the trained network's named parameters, and get what the
// network gets. Write what says not_written_yet, then `make exercise-lesson3`: it prints every step of yours beside the
// network's. `make answer-lesson3` runs the answer, which is in answer.cpp.
//
// The network: fc1, relu1; then, for i = 2 to 6, fc, relu, and plus, which adds what the layer was given; fc7, softmax.
namespace {

using namespace handgrad;

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

}  // namespace

int main(int argc, char** argv) {
  lesson3::ResidualMlp network(layer_widths(6, 3));
  return run_exercise("Exercise 2: the prediction of res6 by hand", network, lecture_sgd(), predict_by_hand, argc,
                      argv);
}
