#include <cmath>
#include <string>

#include "lessons/exercise.h"
#include "lessons/lesson.h"
#include "lessons/lesson3/network.h"

// The answer to exercise.cpp.
namespace {

using namespace handgrad;

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  Matrix l(1, W.cols);
  for (int j = 0; j < W.cols; ++j) {
    l(0, j) = b(0, j);
    for (int k = 0; k < W.rows; ++k) l(0, j) += x(0, k) * W(k, j);
  }
  return l;
}

// h = max(l, 0), number by number.
Matrix relu(const Matrix& l) {
  Matrix h = l;
  for (int j = 0; j < h.cols; ++j) {
    if (h(0, j) < 0) h(0, j) = 0;
  }
  return h;
}

// a + b, number by number.
Matrix plus(const Matrix& a, const Matrix& b) {
  Matrix sum(1, a.cols);
  for (int j = 0; j < a.cols; ++j) sum(0, j) = a(0, j) + b(0, j);
  return sum;
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
Matrix softmax(const Matrix& l) {
  Matrix o(1, l.cols);
  Real sum = 0;
  for (int j = 0; j < l.cols; ++j) {
    o(0, j) = std::exp(l(0, j));
    sum += o(0, j);
  }
  for (int j = 0; j < l.cols; ++j) o(0, j) /= sum;
  return o;
}

void predict_by_hand(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  const Matrix fc1_out = steps.add("fc1_out", fully_connected(x, PARAMS("fc1_weight"), PARAMS("fc1_bias")));
  Matrix r = steps.add("relu1_out", relu(fc1_out));
  for (int i = 2; i <= 6; ++i) {
    const std::string number = std::to_string(i), fc = "fc" + number;
    const Matrix l = steps.add(fc + "_out", fully_connected(r, PARAMS(fc + "_weight"), PARAMS(fc + "_bias")));
    const Matrix h = steps.add("relu" + number + "_out", relu(l));
    r = steps.add("plus" + number + "_out", plus(h, r));
  }
  const Matrix l7 = steps.add("fc7_out", fully_connected(r, PARAMS("fc7_weight"), PARAMS("fc7_bias")));
  steps.add("softmax_out", softmax(l7));
}

}  // namespace

int main(int argc, char** argv) {
  lesson3::ResidualMlp network(layer_widths(6, 3));
  return run_exercise("Exercise 2: the prediction of res6 by hand: the answer", network, lecture_sgd(), predict_by_hand,
                      argc, argv);
}
