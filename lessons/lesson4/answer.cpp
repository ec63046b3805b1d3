#include <cmath>
#include <string>

#include "lessons/lesson4/network.h"
#include "src/checking/checks.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.

namespace exercise {

using namespace handgrad;

// The gradients of r = x || h (the columns of x, then those of h), from grad_r, which is as wide as both: grad_x as x,
// grad_h as h. Lecture, section 4 (3), which leaves them out.
void concat_backward(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h) {
  // ∂loss/∂x_ij: x_ij is r_ij
  grad_x = Matrix(x.rows, x.cols);
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_x(i, j) = grad_r(i, j);
  }

  // ∂loss/∂h_ij: h_ij stands behind the columns of x
  grad_h = Matrix(h.rows, h.cols);
  for (int i = 0; i < h.rows; ++i) {
    for (int j = 0; j < h.cols; ++j) grad_h(i, j) = grad_r(i, x.cols + j);
  }
}

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

// The numbers of a, then those of b, in one row.
Matrix concat(const Matrix& a, const Matrix& b) {
  Matrix both(1, a.cols + b.cols);
  for (int j = 0; j < a.cols; ++j) both(0, j) = a(0, j);
  for (int j = 0; j < b.cols; ++j) both(0, a.cols + j) = b(0, j);
  return both;
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
    r = steps.add("concat" + number + "_out", concat(r, h));
  }
  const Matrix l7 = steps.add("fc7_out", fully_connected(r, PARAMS("fc7_weight"), PARAMS("fc7_bias")));
  steps.add("softmax_out", softmax(l7));
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson4::DenseMlp network({4, 3, 4, 5, 6, 7, 8, 3});
  return run_exercises(
      "Lesson 4, answer",
      {backward_exercise(
           "concat_backward",
           [](CheckReport& report) { check_concat(report, exercise::concat_backward, "lessons/lesson4/answer.cpp"); }),
       prediction_exercise("the prediction of dense6", network, lecture_sgd(), exercise::predict_by_hand)},
      argc, argv);
}
