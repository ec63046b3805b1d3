#include <cmath>
#include <string>

#include "lessons/lesson3/network.h"
#include "src/checking/checks.h"
#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.

namespace exercise {

using namespace handgrad;

// The gradients of a residual block, from grad_r (n × units), in the order of section 3 (4):
//   l = r_before W + b,  h = ReLU(l),  r = h + r_before.
// grad_h, grad_l and grad_r_before are n × units, grad_W is units × units, grad_b 1 × units. The layers' own functions
// may be used: relu_backward, fully_connected_backward.
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

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson3::ResidualMlp network(layer_widths(6, 3));
  return run_exercises(
      "Lesson 3, answer",
      {backward_exercise("residual_block_backward",
                         [](CheckReport& report) {
                           check_residual_block(report, exercise::residual_block_backward,
                                                "lessons/lesson3/answer.cpp");
                         }),
       prediction_exercise("the prediction of res6", network, lecture_sgd(), exercise::predict_by_hand)},
      argc, argv);
}
