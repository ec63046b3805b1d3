#include "tests/bench/trainee.h"

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "src/layers/log_loss.h"
#include "src/matrix/vector.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"

namespace handgrad {

namespace {

constexpr int steps_of_a_run = 500;

}  // namespace

Trainee::Trainee(std::unique_ptr<Network> untrained, const Dataset& training_set, int rows_of_a_batch,
                 const OptimizerSettings& settings)
    : network(std::move(untrained)),
      data(training_set),
      batch_size(rows_of_a_batch),
      parameters(network->parameters()),
      optimizer(settings, parameters) {
  initialise(parameters, 0);
  for (const Parameter& parameter : parameters) initial.push_back(*parameter.value);
}

void Trainee::step() {
  if (optimizer.t == steps_of_a_run) {
    optimizer.t = 0;
    for (Matrix& m : optimizer.m) m.fill(0);
    for (Matrix& v : optimizer.v) v.fill(0);
    for (std::size_t k = 0; k < parameters.size(); ++k) *parameters[k].value = initial[k];
  }
  take_batch(data, optimizer.t % batches_per_epoch(data.x.rows, batch_size), batch_size, x, y);
  const Matrix& o = network->forward(x, Mode::training);
  if (!std::isfinite(log_loss_forward(o, y))) throw std::runtime_error("the loss is no longer a number");
  log_loss_backward(o, y, grad_o);
  network->backward(grad_o);
  optimizer_step(optimizer, parameters);
}

Dataset made_up_data(int rows, int features, int classes) {
  Dataset data{whole_numbers(rows, features, 1), Matrix(rows, classes), {}};
  for (int i = 0; i < rows; ++i) data.y(i, i % classes) = 1;
  return data;
}

std::vector<Product> products_of_step(const Trainee& trainee) {
  const auto [nn, nt, tn] = forms;
  std::vector<Product> products;
  std::vector<const Matrix*> weights;
  for (const Parameter& parameter : trainee.parameters) {
    if (has_ending(parameter.name, "_weight")) weights.push_back(parameter.value);
  }
  const int n = trainee.batch_size;
  for (const Matrix* W : weights) products.emplace_back(nn, n, W->cols, W->rows);
  for (auto W = weights.rbegin(); W != weights.rend(); ++W) {
    products.emplace_back(tn, (*W)->rows, (*W)->cols, n);
    products.emplace_back(nt, n, (*W)->rows, (*W)->cols);
  }
  for (Product& product : products) product.place(16);
  return products;
}

double flops(const std::vector<Product>& products) {
  double sum = 0;
  for (const Product& product : products) sum += product.flops();
  return sum;
}

void multiply(std::vector<Product>& products) {
  for (Product& p : products) gemm(p.op_a, p.op_b, p.m, p.n, p.k, 1, p.a, p.lda, p.b, p.ldb, 0, p.c, p.ldc);
}

}  // namespace handgrad
