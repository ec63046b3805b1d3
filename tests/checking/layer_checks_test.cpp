#include "src/checking/layer_checks.h"

#include <doctest/doctest.h>

#include "src/checking/diagnosis.h"

using namespace handgrad;

namespace {

// A batch norm that forgets that the variance moves with x: right for a loss that weighs every row alike.
void without_variance_path(const Matrix& x, const Matrix& gamma, const Matrix& mean, const Matrix& var,
                           const Matrix& x_hat, const Matrix& grad_y, Matrix& grad_beta, Matrix& grad_gamma,
                           Matrix& grad_x_hat, Matrix& grad_var, Matrix& grad_mean, Matrix& grad_x) {
  batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean,
                      grad_x);
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) grad_x(i, j) -= grad_var(0, j) * 2 / x.rows * (x(i, j) - mean(0, j));
  }
}

void with_mean_over_batch(const Matrix& x, const Matrix& W, const Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                          Matrix& grad_x) {
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_x);
  for (Real& value : grad_b.values) value /= x.rows;
}

void split_at_the_wrong_column(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h) {
  concat_backward(x, h, grad_r, grad_x, grad_h);
  for (int i = 0; i < h.rows; ++i) {
    for (int j = 0; j < h.cols; ++j) grad_h(i, j) = grad_r(i, x.cols + (j + 1) % h.cols);
  }
}

void out_of_bounds(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  grad_l = grad_h;
  for (int i = 0; i <= l.rows; ++i) grad_l(i, 0) = 0;
}

}  // namespace

TEST_CASE("every layer and optimizer of the project passes its check") {
  CheckReport report;
  check_log_loss(report);
  check_softmax(report);
  check_fully_connected(report);
  check_relu(report);
  check_leaky_relu(report);
  check_batch_norm(report);
  check_residual(report);
  check_concat(report);
  check_sgd(report);
  check_adam(report);
  check_optimizer_step(report);
  CHECK(report.verdicts.size() == 25);
  CHECK(report.wrong_count() == 0);
}

TEST_CASE("a batch norm without its variance path is found, though a loss with equal weights would not find it") {
  CheckReport report;
  check_batch_norm(report, "mine.cpp", without_variance_path);
  CHECK(report.wrong_count() == 1);
  REQUIRE(report.first_wrong() != nullptr);
  CHECK(report.first_wrong()->equation.name == "grad_x");
  CHECK(likely_cause(report.first_wrong()->first_wrong) ==
        "a term is missing: yours is the gradient without the path through the variance, grad_var 2/n (x - mean)");
}

TEST_CASE("a mean over the batch in place of a sum is told as 1/n") {
  CheckReport report;
  check_fully_connected(report, "mine.cpp", with_mean_over_batch);
  CHECK(report.wrong_count() == 1);
  CHECK(report.first_wrong()->equation.name == "grad_b");
  CHECK(likely_cause(report.first_wrong()->first_wrong) ==
        "a constant factor: yours is 1/n = 1/3 times what it should be");
}

TEST_CASE("a shifted split is told") {
  CheckReport report;
  check_concat(report, "mine.cpp", split_at_the_wrong_column);
  CHECK(report.wrong_count() == 1);
  CHECK(report.first_wrong()->equation.name == "grad_h");
  CHECK(likely_cause(report.first_wrong()->first_wrong) == "it is shifted by one column");
}

TEST_CASE("an index outside a matrix is reported, not a crash") {
  CheckReport report;
  check_relu(report, "mine.cpp", out_of_bounds);
  CHECK(report.wrong_count() == 1);
}
