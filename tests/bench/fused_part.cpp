#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "lessons/lesson1/fused.h"
#include "lessons/lesson2/fused.h"
#include "src/layers/batch_norm.h"
#include "src/layers/log_loss.h"
#include "src/layers/softmax.h"
#include "tests/bench/parts.h"
#include "tests/bench/product.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace handgrad {

namespace {

// The same but for rounding, which is measured against the largest number.
bool agree(const Matrix& a, const Matrix& b) {
  Real largest = 0, difference = 0;
  for (int k = 0; k < a.size(); ++k) {
    largest = std::max(largest, std::abs(a[k]));
    difference = std::max(difference, std::abs(a[k] - b[k]));
  }
  return difference <= Real(1e-5) * largest;
}

// `stepwise` and `fused` are calls that leave a gradient of one shape in these two matrices.
void compare(const char* layer, const Contender& stepwise, const Matrix& stepwise_grad, const Contender& fused,
             const Matrix& fused_grad) {
  stepwise();
  fused();
  if (!agree(stepwise_grad, fused_grad))
    throw std::runtime_error(std::string(layer) + ": fused, it is another gradient");
  const std::vector<double> taken = seconds_per_call({stepwise, fused}, 0.5);
  print_row({layer, formatted("%d×%d", stepwise_grad.rows, stepwise_grad.cols), formatted("%.0f", taken[0] * 1e9),
             formatted("%.0f", taken[1] * 1e9), formatted("%.2f", taken[0] / taken[1])});
}

void softmax_log_loss(int n, int classes) {
  Matrix o, grad_o, grad_l, fused_grad_l, y(n, classes);
  softmax_forward(whole_numbers(n, classes, 2), o);
  for (int i = 0; i < n; ++i) y(i, i % classes) = 1;
  compare(
      "softmax and log loss",
      [&] {
        log_loss_backward(o, y, grad_o);
        softmax_backward(o, grad_o, grad_l);
      },
      grad_l, [&] { lesson1::softmax_log_loss_backward(o, y, fused_grad_l); }, fused_grad_l);
}

void batch_norm(int n, int units) {
  const Matrix x = whole_numbers(n, units, 3), grad_y = whole_numbers(n, units, 5), gamma(1, units, 1), beta(1, units);
  Matrix mean, var, x_hat, y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x, fused_grad_x;
  batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
  compare(
      "batch norm",
      [&] {
        batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean,
                            grad_x);
      },
      grad_x,
      [&] { lesson2::batch_norm_fused_backward(gamma, var, x_hat, grad_y, grad_beta, grad_gamma, fused_grad_x); },
      fused_grad_x);
}

}  // namespace

void bench_fused(const Machine&) {
  std::printf(
      "\nA backward pass in the steps of its derivation, and in one expression; both take turns. First the lessons' "
      "sizes.\n");
  print_header({"layer", "batch", "stepwise, ns", "fused, ns", "stepwise over fused"});
  softmax_log_loss(20, 3);
  softmax_log_loss(256, 1000);
  batch_norm(20, 10);
  batch_norm(256, 1024);
}

}  // namespace handgrad
