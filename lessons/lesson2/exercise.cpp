#include "src/program/exercise.h"

#include <cmath>

#include "lessons/lesson2/network.h"
#include "src/checking/exercise_checks.h"
#include "src/layers/batch_norm.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson2`. Every gradient is held
// against its central difference, every step of the prediction against the trained network. `make answer-lesson2` runs
// the answer, which is in answer.cpp. A matrix is NaN everywhere after resize: what you leave out is found, and what
// you add to (+=) needs a fill(0) first.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson2`：每個梯度與數值梯度比較，預測的每一步則與
// 訓練好的網路比較。`make answer-lesson2` 執行解答 answer.cpp。resize 之後，矩陣的元素都是 NaN：漏寫的會被找出來；
// 要用 += 累加的，先 fill(0)。
//
// The prediction is the lecture's exercise 1, bn8 by hand: seven times fc, bn, relu; then fc8 and softmax.
//
// 預測是講義的練習 1，用手重現 bn8：七次 fc、bn、relu，最後 fc8 與 softmax。

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

  // ∂loss/∂β
  grad_beta.resize(1, units);
  not_written_yet(n, grad_y);  // for every row i and unit j: grad_beta(0, j) += …; in place of this line

  // ∂loss/∂γ
  grad_gamma.resize(1, units);
  not_written_yet(grad_y, x_hat);

  // ∂loss/∂x_hat
  grad_x_hat.resize(n, units);
  not_written_yet(grad_y, gamma);

  // ∂loss/∂σ²
  grad_var.resize(1, units);
  not_written_yet(grad_x_hat, x, mean, var, batch_norm_epsilon);

  // ∂loss/∂mean
  grad_mean.resize(1, units);
  not_written_yet(grad_x_hat, grad_var, x, mean, var);

  // ∂loss/∂x = the sum of three paths
  grad_x.resize(n, units);
  not_written_yet(grad_x_hat, grad_var, grad_mean, x, mean, var);
}

// The same grad_x in one expression: without grad_x_hat, grad_var and grad_mean, and without x and mean. The two sums
// that it needs are grad_beta and grad_gamma.
// 同一個 grad_x 合併成一個公式：不經過 grad_x_hat、grad_var、grad_mean；需要的兩個總和就是 grad_beta 與 grad_gamma。
void batch_norm_fused_backward(const Matrix& gamma, const Matrix& var, const Matrix& x_hat, const Matrix& grad_y,
                               Matrix& grad_beta, Matrix& grad_gamma, Matrix& grad_x) {
  // ∂loss/∂beta
  grad_beta.resize(1, x_hat.cols);
  not_written_yet(grad_y);

  // ∂loss/∂gamma
  grad_gamma.resize(1, x_hat.cols);
  not_written_yet(grad_y, x_hat);

  // ∂loss/∂x
  grad_x.resize(x_hat.rows, x_hat.cols);
  not_written_yet(gamma, var, batch_norm_epsilon, grad_beta, grad_gamma);
}

// The backward pass of a network with a batch norm, from the loss down, in this order:
// 有批量標準化的網路的反向傳播，從損失函數往下，依照這個順序：
//   l1 = x W1 + b1,  y1 = gamma1 l1_hat + beta1 with l1_hat = (l1 - mean1) / sqrt(var1 + ε),  h1 = ReLU(y1)
//   l2 = h1 W2 + b2,  o = softmax(l2),  loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
// Write loops, or call your own function, exercise::batch_norm_backward, or the layers',
// handgrad::batch_norm_backward and others (src/layers).
// 可以寫迴圈，也可以呼叫自己上面的函數（exercise::…）或 src/layers 的函數（handgrad::…）。
void batch_norm_mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& l1,
                             const Matrix& gamma1, const Matrix& mean1, const Matrix& var1, const Matrix& l1_hat,
                             const Matrix& y1, const Matrix& h1, const Matrix& o, Matrix& grad_o, Matrix& grad_l2,
                             Matrix& grad_W2, Matrix& grad_b2, Matrix& grad_h1, Matrix& grad_y1, Matrix& grad_beta1,
                             Matrix& grad_gamma1, Matrix& grad_l1, Matrix& grad_W1, Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o
  not_written_yet(o, y, grad_o);

  // ∂loss/∂l2
  not_written_yet(o, grad_o, grad_l2);

  // ∂loss/∂W2
  // ∂loss/∂b2
  // ∂loss/∂h1
  not_written_yet(h1, W2, grad_l2, grad_W2, grad_b2, grad_h1);

  // ∂loss/∂y1
  not_written_yet(y1, grad_h1, grad_y1);

  // ∂loss/∂beta1
  // ∂loss/∂gamma1
  // ∂loss/∂l1
  not_written_yet(l1, gamma1, mean1, var1, l1_hat, grad_y1, grad_beta1, grad_gamma1, grad_l1);

  // ∂loss/∂W1
  // ∂loss/∂b1
  // ∂loss/∂x
  not_written_yet(x, W1, grad_l1, grad_W1, grad_b1, grad_x);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
// 一朵花的 l = x W + b。
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  not_written_yet(x, W, b);  // l_j = Σ over k of x_k W_kj, + b_j; in place of this line
}

// y = gamma (l - moving_mean) / sqrt(moving_var + 0.001) + beta, number by number: prediction normalizes by the moving
// statistics.
// 預測時的批量標準化：用移動平均值與移動變異數。
Matrix batch_norm(const Matrix& l, const Matrix& gamma, const Matrix& beta, const Matrix& moving_mean,
                  const Matrix& moving_var) {
  not_written_yet(l, gamma, beta, moving_mean, moving_var);
}

// h = max(l, 0), number by number.
// ReLU，逐一計算。
Matrix relu(const Matrix& l) {
  not_written_yet(l);
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
// softmax 的機率。
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
      {backward_exercise("batch_norm_backward", check_batch_norm, exercise::batch_norm_backward),
       backward_exercise("batch_norm_fused_backward", check_batch_norm_fused, exercise::batch_norm_fused_backward),
       backward_exercise("batch_norm_mlp_backward", check_batch_norm_mlp, exercise::batch_norm_mlp_backward),
       prediction_exercise("bn8", network, lecture_adam(), exercise::predict_by_hand)},
      argc, argv);
}
