#include <cmath>
#include <string>

#include "lessons/lesson3/network.h"
#include "src/checking/exercise_checks.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/softmax.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.
// exercise.cpp 的解答。

namespace exercise {

using namespace handgrad;

// The gradients of a residual block, from grad_r (n × units), in the order of section 3 (4):
//   l = r_before W + b,  h = ReLU(l),  r = h + r_before.
// grad_h, grad_l and grad_r_before are n × units, grad_W is units × units, grad_b 1 × units. The layers' own functions
// may be used: relu_backward, fully_connected_backward.
// 一個殘差塊的梯度，由 grad_r 推得，依照第三節 (4) 的順序。可以呼叫 src/layers 的函數。
void residual_block_backward(const Matrix& r_before, const Matrix& W, const Matrix& l, const Matrix& grad_r,
                             Matrix& grad_h, Matrix& grad_l, Matrix& grad_W, Matrix& grad_b, Matrix& grad_r_before) {
  // ∂loss/∂h = grad_r
  grad_h = grad_r;

  // ∂loss/∂l = grad_h where l > 0, else 0
  relu_backward(l, grad_h, grad_l);

  // ∂loss/∂W and ∂loss/∂b, and what comes back through the layer: grad_l Wᵀ
  Matrix grad_through;
  fully_connected_backward(r_before, W, grad_l, grad_W, grad_b, grad_through);

  // ∂loss/∂r_before = grad_l Wᵀ + grad_r: it went into the layer and past it
  add(grad_through, grad_r, grad_r_before);
}

// The backward pass of a residual network, the lecture's of section 3 (3), from the loss down:
// 殘差網路（講義第三節 (3)）的反向傳播，從損失函數往下：
//   l1 = x W1 + b1,   h1 = ReLU(l1),  r1 = h1 + x
//   l2 = r1 W2 + b2,  h2 = ReLU(l2),  r2 = h2 + r1
//   l3 = r2 W3 + b3,  o = softmax(l3),  loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
void residual_mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                           const Matrix& l1, const Matrix& r1, const Matrix& l2, const Matrix& r2, const Matrix& o,
                           Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3, Matrix& grad_b3, Matrix& grad_r2,
                           Matrix& grad_h2, Matrix& grad_l2, Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_r1,
                           Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o = -1/(n × classes) y / (o + ε)
  log_loss_backward(o, y, grad_o);

  // ∂loss/∂l3 = o ⊗ (grad_o - Σ_k grad_o o)
  softmax_backward(o, grad_o, grad_l3);

  // ∂loss/∂W3 = r2ᵀ grad_l3
  // ∂loss/∂b3 = the sum of grad_l3 over the rows
  // ∂loss/∂r2 = grad_l3 W3ᵀ
  fully_connected_backward(r2, W3, grad_l3, grad_W3, grad_b3, grad_r2);

  // ∂loss/∂h2 = grad_r2
  Matrix skip2, through2;
  residual_backward(grad_r2, grad_h2, skip2);

  // ∂loss/∂l2 = grad_h2 where l2 > 0, else 0
  relu_backward(l2, grad_h2, grad_l2);

  // ∂loss/∂W2 = r1ᵀ grad_l2
  // ∂loss/∂b2 = the sum of grad_l2 over the rows
  fully_connected_backward(r1, W2, grad_l2, grad_W2, grad_b2, through2);

  // ∂loss/∂r1 = grad_l2 W2ᵀ + grad_r2: it went into layer 2 and past it
  add(through2, skip2, grad_r1);

  // ∂loss/∂h1 = grad_r1
  Matrix skip1, through1;
  residual_backward(grad_r1, grad_h1, skip1);

  // ∂loss/∂l1 = grad_h1 where l1 > 0, else 0
  relu_backward(l1, grad_h1, grad_l1);

  // ∂loss/∂W1 = xᵀ grad_l1
  // ∂loss/∂b1 = the sum of grad_l1 over the rows
  fully_connected_backward(x, W1, grad_l1, grad_W1, grad_b1, through1);

  // ∂loss/∂x = grad_l1 W1ᵀ + grad_r1: it went into layer 1 and past it
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

// a + b, number by number.
// 兩列相加，逐一計算。
Matrix plus(const Matrix& a, const Matrix& b) {
  Matrix sum(1, a.cols);
  for (int j = 0; j < a.cols; ++j) sum(0, j) = a(0, j) + b(0, j);
  return sum;
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
    r = steps.add("plus" + number + "_out", plus(h, r));
  }
  const Matrix l7 = steps.add("fc7_out", fully_connected(r, PARAMS("fc7_weight"), PARAMS("fc7_bias")));
  steps.add("softmax_out", softmax(l7));
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson3::ResidualMlp network(layer_widths(6, 3));
  return run_exercises(
      "Lesson 3, answer",
      {backward_exercise("residual_block_backward", check_residual_block, exercise::residual_block_backward),
       backward_exercise("residual_mlp_backward", check_residual_mlp, exercise::residual_mlp_backward),
       prediction_exercise("res6", network, lecture_sgd(), exercise::predict_by_hand)},
      argc, argv);
}
