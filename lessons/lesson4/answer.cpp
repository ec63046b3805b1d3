#include <cmath>
#include <string>

#include "lessons/lesson4/network.h"
#include "src/checking/exercise_checks.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.
// exercise.cpp 的解答。

namespace exercise {

using namespace handgrad;

// The gradients of r = x || h (the columns of x, then those of h), from grad_r, which is as wide as both: grad_x as x,
// grad_h as h. Lecture, section 4 (3), which leaves them out.
// r = x || h（先 x 的各行，再 h 的各行）的梯度，由 grad_r 推得；講義第四節 (3) 略過了這一段。
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

// The backward pass of a dense network, the lecture's of section 4 (3), from the loss down:
// 密集連接網路（講義第四節 (3)）的反向傳播，從損失函數往下：
//   l1 = x W1 + b1,   h1 = ReLU(l1),  r1 = x || h1
//   l2 = r1 W2 + b2,  h2 = ReLU(l2),  r2 = r1 || h2
//   l3 = r2 W3 + b3,  o = softmax(l3),  loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
void dense_mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                        const Matrix& l1, const Matrix& h1, const Matrix& r1, const Matrix& l2, const Matrix& h2,
                        const Matrix& r2, const Matrix& o, Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3,
                        Matrix& grad_b3, Matrix& grad_r2, Matrix& grad_h2, Matrix& grad_l2, Matrix& grad_W2,
                        Matrix& grad_b2, Matrix& grad_r1, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1,
                        Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o = -1/(n × classes) y / (o + ε)
  log_loss_backward(o, y, grad_o);

  // ∂loss/∂l3 = o ⊗ (grad_o - Σ_k grad_o o)
  softmax_backward(o, grad_o, grad_l3);

  // ∂loss/∂W3 = r2ᵀ grad_l3
  // ∂loss/∂b3 = the sum of grad_l3 over the rows
  // ∂loss/∂r2 = grad_l3 W3ᵀ
  fully_connected_backward(r2, W3, grad_l3, grad_W3, grad_b3, grad_r2);

  // ∂loss/∂h2 = the last columns of grad_r2
  Matrix skip2, through2;
  exercise::concat_backward(r1, h2, grad_r2, skip2, grad_h2);

  // ∂loss/∂l2 = grad_h2 where l2 > 0, else 0
  relu_backward(l2, grad_h2, grad_l2);

  // ∂loss/∂W2 = r1ᵀ grad_l2
  // ∂loss/∂b2 = the sum of grad_l2 over the rows
  fully_connected_backward(r1, W2, grad_l2, grad_W2, grad_b2, through2);

  // ∂loss/∂r1 = grad_l2 W2ᵀ + the first columns of grad_r2: it went into layer 2 and past it
  add(through2, skip2, grad_r1);

  // ∂loss/∂h1 = the last columns of grad_r1
  Matrix skip1, through1;
  exercise::concat_backward(x, h1, grad_r1, skip1, grad_h1);

  // ∂loss/∂l1 = grad_h1 where l1 > 0, else 0
  relu_backward(l1, grad_h1, grad_l1);

  // ∂loss/∂W1 = xᵀ grad_l1
  // ∂loss/∂b1 = the sum of grad_l1 over the rows
  fully_connected_backward(x, W1, grad_l1, grad_W1, grad_b1, through1);

  // ∂loss/∂x = grad_l1 W1ᵀ + the first columns of grad_r1: it went into layer 1 and past it
  add(through1, skip1, grad_x);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
// 一朵花的 l = x W + b。
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  Matrix l(1, W.cols);
  for (int j = 0; j < W.cols; ++j) {
    l(0, j) = b(0, j);
    for (int k = 0; k < W.rows; ++k) l(0, j) += x(0, k) * W(k, j);
  }
  return l;
}

// h = max(l, 0), number by number.
// ReLU，逐一計算。
Matrix relu(const Matrix& l) {
  Matrix h = l;
  for (int j = 0; j < h.cols; ++j) {
    if (h(0, j) < 0) h(0, j) = 0;
  }
  return h;
}

// The numbers of a, then those of b, in one row.
// 並聯：先 a 的數字，再 b 的數字，成為一列。
Matrix concat(const Matrix& a, const Matrix& b) {
  Matrix both(1, a.cols + b.cols);
  for (int j = 0; j < a.cols; ++j) both(0, j) = a(0, j);
  for (int j = 0; j < b.cols; ++j) both(0, a.cols + j) = b(0, j);
  return both;
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
// softmax 的機率。
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
  return run_exercises("Lesson 4, answer",
                       {backward_exercise("concat_backward", check_concat, exercise::concat_backward),
                        backward_exercise("dense_mlp_backward", check_dense_mlp, exercise::dense_mlp_backward),
                        prediction_exercise("dense6", network, lecture_sgd(), exercise::predict_by_hand)},
                       argc, argv);
}
