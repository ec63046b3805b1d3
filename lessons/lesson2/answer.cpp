#include <cmath>
#include <string>

#include "lessons/lesson2/fused.h"
#include "lessons/lesson2/network.h"
#include "src/checking/exercise_checks.h"
#include "src/layers/batch_norm.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp; batch_norm_fused_backward is in fused.cpp.
// exercise.cpp 的解答；batch_norm_fused_backward 在 fused.cpp。

namespace exercise {

using namespace handgrad;

// The six gradients of a batch norm, from grad_y (n × units), in the order of section 2 (4):
//   mean = 1/n Σ x,  var = 1/n Σ (x - mean)²,  x_hat = (x - mean) / sqrt(var + ε),  y = gamma x_hat + beta.
// grad_x_hat and grad_x are n × units, the others 1 × units. grad_beta and grad_gamma are plain sums, without the
// lecture's 1/n.
// 批量標準化的六個梯度，由 grad_y 推得，依照第二節 (4) 的順序。grad_beta 與 grad_gamma 直接加總，不乘 1/n。
void batch_norm_backward(const Matrix& x, const Matrix& gamma, const Matrix& mean, const Matrix& var,
                         const Matrix& x_hat, const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma,
                         Matrix& grad_x_hat, Matrix& grad_var, Matrix& grad_mean, Matrix& grad_x) {
  const int n = x.rows, units = x.cols;
  grad_beta = grad_gamma = grad_var = grad_mean = Matrix(1, units);
  grad_x_hat = grad_x = Matrix(n, units);
  for (int j = 0; j < units; ++j) {  // every unit by itself
    const Real deviation = std::sqrt(var(0, j) + batch_norm_epsilon);
    for (int i = 0; i < n; ++i) {
      // ∂loss/∂β = Σ grad_y
      grad_beta(0, j) += grad_y(i, j);
      // ∂loss/∂γ = Σ grad_y x_hat
      grad_gamma(0, j) += grad_y(i, j) * x_hat(i, j);
      // ∂loss/∂x_hat = grad_y γ
      grad_x_hat(i, j) = grad_y(i, j) * gamma(0, j);
      // ∂loss/∂σ² = -1/2 Σ grad_x_hat (x - mean) / deviation³
      grad_var(0, j) -= grad_x_hat(i, j) * (x(i, j) - mean(0, j)) / (2 * deviation * deviation * deviation);
      // ∂loss/∂mean = -Σ grad_x_hat / deviation; the term with Σ (x - mean) is 0
      grad_mean(0, j) -= grad_x_hat(i, j) / deviation;
    }
    for (int i = 0; i < n; ++i) {
      // ∂loss/∂x = the direct path + through the variance + through the mean
      grad_x(i, j) =
          grad_x_hat(i, j) / deviation + grad_var(0, j) * 2 * (x(i, j) - mean(0, j)) / n + grad_mean(0, j) / n;
    }
  }
}

// The backward pass of a network with a batch norm, from the loss down:
// 有批量標準化的網路的反向傳播，從損失函數往下：
//   l1 = x W1 + b1,  y1 = gamma1 l1_hat + beta1 with l1_hat = (l1 - mean1) / sqrt(var1 + ε),  h1 = ReLU(y1)
//   l2 = h1 W2 + b2,  o = softmax(l2),  loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
void batch_norm_mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& l1,
                             const Matrix& gamma1, const Matrix& mean1, const Matrix& var1, const Matrix& l1_hat,
                             const Matrix& y1, const Matrix& h1, const Matrix& o, Matrix& grad_o, Matrix& grad_l2,
                             Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_y1, Matrix& grad_beta1,
                             Matrix& grad_gamma1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o = -1/(n × classes) y / (o + ε)
  log_loss_backward(o, y, grad_o);

  // ∂loss/∂l2 = o ⊗ (grad_o - Σ_k grad_o o)
  softmax_backward(o, grad_o, grad_l2);

  // ∂loss/∂W2 = h1ᵀ grad_l2
  // ∂loss/∂b2 = the sum of grad_l2 over the rows
  // ∂loss/∂h1 = grad_l2 W2ᵀ
  fully_connected_backward(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂y1 = grad_h1 where y1 > 0, else 0
  relu_backward(y1, grad_h1, grad_y1);

  // ∂loss/∂beta1 = Σ grad_y1
  // ∂loss/∂gamma1 = Σ grad_y1 ⊗ l1_hat
  // ∂loss/∂l1: the three paths of a batch norm
  Matrix grad_l1_hat, grad_var1, grad_mean1;
  exercise::batch_norm_backward(l1, gamma1, mean1, var1, l1_hat, grad_y1, grad_beta1, grad_gamma1, grad_l1_hat,
                                grad_var1, grad_mean1, grad_l1);

  // ∂loss/∂W1 = xᵀ grad_l1
  // ∂loss/∂b1 = the sum of grad_l1 over the rows: always 0, the batch norm takes every shift out again
  // ∂loss/∂x = grad_l1 W1ᵀ
  fully_connected_backward(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
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

// y = gamma (l - moving_mean) / sqrt(moving_var + 0.001) + beta, number by number: prediction normalizes by the moving
// statistics.
// 預測時的批量標準化：用移動平均值與移動變異數。
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
// ReLU，逐一計算。
Matrix relu(const Matrix& l) {
  Matrix h = l;
  for (int j = 0; j < h.cols; ++j) {
    if (h(0, j) < 0) h(0, j) = 0;
  }
  return h;
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

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  return run_exercises(
      "Lesson 2, answer",
      {backward_exercise("batch_norm_backward", check_batch_norm, exercise::batch_norm_backward),
       backward_exercise("batch_norm_fused_backward", check_batch_norm_fused, lesson2::batch_norm_fused_backward,
                         "lessons/lesson2/fused.cpp"),
       backward_exercise("batch_norm_mlp_backward", check_batch_norm_mlp, exercise::batch_norm_mlp_backward),
       prediction_exercise("bn8", network, lecture_adam(), exercise::predict_by_hand)},
      argc, argv);
}
