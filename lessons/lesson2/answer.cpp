#include <cmath>
#include <string>

#include "lessons/lesson2/network.h"
#include "src/checking/checks.h"
#include "src/layers/batch_norm.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.

namespace exercise {

using namespace handgrad;

// The six gradients of a batch norm, from grad_y (n × units), in the order of section 2 (4):
//   mean = 1/n Σ x,  var = 1/n Σ (x - mean)²,  x_hat = (x - mean) / sqrt(var + ε),  y = gamma x_hat + beta.
// grad_x_hat and grad_x are n × units, the others 1 × units. grad_beta and grad_gamma are plain sums, without the
// lecture's 1/n.
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

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  return run_exercises(
      "Lesson 2, answer",
      {backward_exercise("batch_norm_backward",
                         [](CheckReport& report) {
                           check_batch_norm(report, exercise::batch_norm_backward, "lessons/lesson2/answer.cpp");
                         }),
       prediction_exercise("the prediction of bn8", network, lecture_adam(), exercise::predict_by_hand)},
      argc, argv);
}
