#include "src/checking/checks.h"

#include <doctest/doctest.h>

#include "src/checking/training_checks.h"

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

void without_one_minus_h(const Matrix& h, const Matrix& grad_h, Matrix& grad_l) {
  grad_l = grad_h;
  for (int k = 0; k < h.size(); ++k) grad_l[k] *= h[k];
}

void sum_of_squares(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  squared_loss_backward(o, y, grad_o);
  for (Real& value : grad_o.values) value *= static_cast<Real>(o.size());
}

void without_labels(const Matrix& o, const Matrix& y, Matrix& grad_o) {
  squared_loss_backward(o, Matrix(y.rows, y.cols), grad_o);
}

void out_of_bounds(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  grad_l = grad_h;
  for (int i = 0; i <= l.rows; ++i) grad_l(i, 0) = 0;
}

}  // namespace

TEST_CASE("every layer and optimizer of the project passes its check") {
  CheckReport report;
  for (const NamedCheck& check : layer_checks()) check.run(report);
  for (const NamedCheck& check : training_checks()) check.run(report);
  check_parameters(report);
  CHECK(report.equation_count() == 30);
  CHECK(report.wrong_count() == 0);
  CHECK(report.notes.empty());
}

TEST_CASE("a batch norm without its variance path is found, though a loss with equal weights would not find it") {
  CheckReport report;
  check_batch_norm(report, without_variance_path, "mine.cpp");
  CHECK(report.wrong_count() == 1);
  REQUIRE(report.first_wrong() != nullptr);
  CHECK(report.first_wrong()->equation.name == "grad_x");
  CHECK(report.first_wrong()->cause ==
        "a term is missing: yours is the gradient without the path through the variance, grad_var 2/n (x - mean)");
}

TEST_CASE("a mean over the batch in place of a sum is told as 1/n") {
  CheckReport report;
  check_fully_connected(report, with_mean_over_batch, "mine.cpp");
  CHECK(report.wrong_count() == 1);
  CHECK(report.first_wrong()->equation.name == "grad_b");
  CHECK(report.first_wrong()->cause == "a constant factor: yours is 1/n = 1/3 times what it should be");
}

TEST_CASE("a shifted split is told") {
  CheckReport report;
  check_concat(report, split_at_the_wrong_column, "mine.cpp");
  CHECK(report.wrong_count() == 1);
  CHECK(report.first_wrong()->equation.name == "grad_h");
  CHECK(report.first_wrong()->cause == "it is shifted by one column");
}

TEST_CASE("a sigmoid without its factor 1 - h is told") {
  CheckReport report;
  check_sigmoid(report, without_one_minus_h, "mine.cpp");
  CHECK(report.wrong_count() == 1);
  CHECK(report.first_wrong()->cause == "the factor 1 - h is forgotten: yours is grad_h h");
}

TEST_CASE("the gradient of a sum of squares in place of their mean, and one that forgets the labels, are told") {
  CheckReport sum;
  check_squared_loss(sum, sum_of_squares, "mine.cpp");
  CHECK(sum.first_wrong()->cause == "a constant factor: yours is 12 times what it should be");
  CheckReport labels;
  check_squared_loss(labels, without_labels, "mine.cpp");
  CHECK(labels.first_wrong()->cause == "a term is missing: yours is the gradient without the term with y");
}

TEST_CASE("an index outside a matrix is reported, not a crash") {
  CheckReport report;
  check_relu(report, out_of_bounds, "mine.cpp");
  CHECK(report.wrong_count() == 1);
}
