#include <cmath>
#include <string>

#include "lessons/exercise.h"
#include "lessons/lesson.h"
#include "lessons/lesson2/network.h"

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

// y = gamma (l - moving_mean) / sqrt(moving_var + 0.001) + beta, number by number: prediction normalizes by the moving
// statistics.
Matrix batch_norm(const Matrix& l, const Matrix& gamma, const Matrix& beta, const Matrix& moving_mean,
                  const Matrix& moving_var) {
  const Real epsilon = Real(1e-3);
  Matrix y(1, l.cols);
  for (int j = 0; j < l.cols; ++j) {
    y(0, j) = (l(0, j) - moving_mean(0, j)) / std::sqrt(moving_var(0, j) + epsilon) * gamma(0, j) + beta(0, j);
  }
  return y;
}

// h = max(l, 0), number by number.
Matrix relu(const Matrix& l) {
  Matrix h = l;
  for (int j = 0; j < h.cols; ++j) {
    if (h(0, j) < 0) h(0, j) = 0;
  }
  return h;
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
  Matrix h = x;
  for (int i = 1; i <= 7; ++i) {
    const std::string fc = "fc" + std::to_string(i), bn = "bn" + std::to_string(i);
    const Matrix l = steps.add(fc + "_out", fully_connected(h, PARAMS(fc + "_weight"), PARAMS(fc + "_bias")));
    const Matrix y = steps.add(bn + "_out", batch_norm(l, PARAMS(bn + "_gamma"), PARAMS(bn + "_beta"),
                                                       PARAMS(bn + "_moving_mean"), PARAMS(bn + "_moving_var")));
    h = steps.add("relu" + std::to_string(i) + "_out", relu(y));
  }
  const Matrix l8 = steps.add("fc8_out", fully_connected(h, PARAMS("fc8_weight"), PARAMS("fc8_bias")));
  steps.add("softmax_out", softmax(l8));
}

}  // namespace

int main(int argc, char** argv) {
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  return run_exercise("Exercise 1: the prediction of bn8 by hand: the answer", network, lecture_adam(), predict_by_hand,
                      argc, argv);
}
