#include <cstddef>
#include <cstdio>
#include <vector>

#include "src/layers/batch_norm.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/leaky_relu.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/sigmoid.h"
#include "src/layers/softmax.h"
#include "src/layers/squared_loss.h"
#include "src/matrix/vector.h"
#include "src/training/adam.h"
#include "src/training/sgd.h"
#include "tests/bench/parts.h"
#include "tests/bench/product.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace handgrad {

namespace {

using Matrices = std::vector<Matrix*>;

int count(const Matrices& matrices) {
  int numbers = 0;
  for (const Matrix* matrix : matrices) numbers += matrix->size();
  return numbers;
}

// `call` reads and writes these matrices. Beside it: as many numbers, each read or written once. They lie side by side,
// one sum reads those that are read and one fill writes those that are written, however many matrices there are.
void measure(const char* function, const Matrices& read, const Matrices& written, const Contender& call) {
  call();  // gives the written matrices their shapes
  const Matrix numbers_read(1, count(read), 1);
  Matrix numbers_written(1, count(written));
  volatile Real sink;
  const Contender once = [&] {
    sink = sum_in_vectors(numbers_read.values.size(), numbers_read.data());
    numbers_written.fill(1);
  };
  const std::vector<double> taken = seconds_per_call({call, once}, 0.4);
  static_cast<void>(sink);
  print_row({function, formatted("%d", count(read) + count(written)), formatted("%.0f", taken[0] * 1e9),
             formatted("%.0f", taken[1] * 1e9), formatted("%.1f", taken[0] / taken[1])});
}

void measure_layers(int n, int inputs, int units, int classes) {
  Matrix x = whole_numbers(n, inputs, 3), W = whole_numbers(inputs, units, 1), b = whole_numbers(1, units, 1);
  Matrix l, grad_l = whole_numbers(n, units, 5), grad_W, grad_b, grad_x;
  measure("fully_connected_forward", {&x, &W, &b}, {&l}, [&] { fully_connected_forward(x, W, b, l); });
  measure("fully_connected_backward", {&x, &W, &grad_l}, {&grad_W, &grad_b, &grad_x},
          [&] { fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_x); });

  l = whole_numbers(n, units, 3);
  Matrix h, grad_h = whole_numbers(n, units, 5);
  measure("relu_forward", {&l}, {&h}, [&] { relu_forward(l, h); });
  measure("relu_backward", {&l, &grad_h}, {&grad_l}, [&] { relu_backward(l, grad_h, grad_l); });
  measure("leaky_relu_forward", {&l}, {&h}, [&] { leaky_relu_forward(l, Real(0.25), h); });
  measure("leaky_relu_backward", {&l, &grad_h}, {&grad_l}, [&] { leaky_relu_backward(l, Real(0.25), grad_h, grad_l); });
  measure("sigmoid_forward", {&l}, {&h}, [&] { sigmoid_forward(l, h); });
  measure("sigmoid_backward", {&h, &grad_h}, {&grad_l}, [&] { sigmoid_backward(h, grad_h, grad_l); });

  Matrix gamma(1, units, 1), beta(1, units), mean, var, x_hat, y, moving_mean = beta, moving_var = gamma;
  Matrix grad_y = whole_numbers(n, units, 5), grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean;
  measure("batch_norm_forward", {&l, &gamma, &beta}, {&mean, &var, &x_hat, &y},
          [&] { batch_norm_forward(l, gamma, beta, mean, var, x_hat, y); });
  measure("batch_norm_update_moving", {&mean, &var, &moving_mean, &moving_var}, {&moving_mean, &moving_var},
          [&] { batch_norm_update_moving(mean, var, moving_mean, moving_var); });
  measure("batch_norm_predict", {&l, &gamma, &beta, &moving_mean, &moving_var}, {&y},
          [&] { batch_norm_predict(l, gamma, beta, moving_mean, moving_var, y); });
  measure("batch_norm_backward", {&l, &gamma, &mean, &var, &x_hat, &grad_y},
          {&grad_beta, &grad_gamma, &grad_x_hat, &grad_var, &grad_mean, &grad_x}, [&] {
            batch_norm_backward(l, gamma, mean, var, x_hat, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var,
                                grad_mean, grad_x);
          });

  Matrix r, skip = whole_numbers(n, units, 3), grad_r, grad_skip;
  measure("residual_forward", {&h, &skip}, {&r}, [&] { residual_forward(h, skip, r); });
  measure("residual_backward", {&r}, {&grad_h, &grad_skip}, [&] { residual_backward(r, grad_h, grad_skip); });
  measure("concat_forward", {&x, &h}, {&r}, [&] { concat_forward(x, h, r); });
  grad_r = r;
  measure("concat_backward", {&grad_r}, {&grad_x, &grad_h}, [&] { concat_backward(x, h, grad_r, grad_x, grad_h); });

  Matrix scores = whole_numbers(n, classes, 3), o, labels(n, classes), grad_o, grad_scores;
  for (int i = 0; i < n; ++i) labels(i, i % classes) = 1;
  measure("softmax_forward", {&scores}, {&o}, [&] { softmax_forward(scores, o); });
  Matrix loss(1, 1);
  measure("log_loss_forward", {&o, &labels}, {&loss}, [&] { loss[0] = log_loss_forward(o, labels); });
  measure("log_loss_backward", {&o, &labels}, {&grad_o}, [&] { log_loss_backward(o, labels, grad_o); });
  measure("squared_loss_forward", {&o, &labels}, {&loss}, [&] { loss[0] = squared_loss_forward(o, labels); });
  measure("squared_loss_backward", {&o, &labels}, {&grad_o}, [&] { squared_loss_backward(o, labels, grad_o); });
  measure("softmax_backward", {&o, &grad_o}, {&grad_scores}, [&] { softmax_backward(o, grad_o, grad_scores); });

  Matrix weight = whole_numbers(inputs, units, 1), grad(inputs, units, Real(1e-3)), m(inputs, units), v = m,
         mean_abs(1, 1);
  measure("sgd_update", {&grad, &m, &weight}, {&m, &weight}, [&] { sgd_update(grad, 1e-6, 0.9, m, weight); });
  measure("adam_update", {&grad, &m, &v, &weight}, {&m, &v, &weight},
          [&] { adam_update(grad, 1e-6, 0.9, 0.999, 1e-8, m, v, weight); });
  measure("asum", {&grad}, {&mean_abs}, [&] { mean_abs[0] = asum(grad.size(), grad.data()); });
}

}  // namespace

void bench_layers(const Machine&) {
  std::printf(
      "\nOne call of each, of 20 samples, 10 inputs, 10 units and 3 classes, in ns; beside it what one sum of as many "
      "numbers\nas it reads takes, and one fill of as many as it writes.\n");
  print_header({"function", "numbers", "ns", "its numbers once, ns", "over once"});
  measure_layers(20, 10, 10, 3);
}

}  // namespace handgrad
