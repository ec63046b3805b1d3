#include "tests/bench/trainee.h"

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "src/io/text.h"
#include "src/matrix/gemm.h"
#include "src/matrix/gemm_ladder.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr int steps_of_a_run = 500;

}  // namespace

Trainee::Trainee(std::unique_ptr<Network> untrained, Dataset training_set, const TrainingSettings& settings)
    : network(std::move(untrained)),
      data(std::make_unique<Dataset>(std::move(training_set))),
      training(*network, *data, settings) {
  initialise(training.parameters, 0);
  for (const Parameter& parameter : training.parameters) initial.push_back(*parameter.value);
}

void Trainee::step() {
  if (training.optimizer.t == steps_of_a_run) {
    training.optimizer = Optimizer(training.settings.optimizer, training.parameters);
    for (std::size_t k = 0; k < initial.size(); ++k) *training.parameters[k].value = initial[k];
  }
  training_step(training, training.optimizer.t % batches_per_epoch(data->x.rows, training.settings.batch_size));
  if (!std::isfinite(training.loss)) throw std::runtime_error("the loss is no longer a number");
}

Dataset made_up_data(int rows, int features, int classes) {
  Dataset data{whole_numbers(rows, features, 1), Matrix(rows, classes), {}};
  for (int i = 0; i < rows; ++i) data.y(i, i % classes) = 1;
  return data;
}

// Whole numbers up to 1: every sum is exact, also those over sums.
LayerProducts::LayerProducts(bool first_layer, int n, int inputs, int outputs)
    : first(first_layer),
      x(whole_numbers(n, inputs, 1)),
      W(whole_numbers(inputs, outputs, 1)),
      l(n, outputs),
      grad_W(inputs, outputs),
      grad_x(first ? 0 : n, inputs) {}

std::vector<LayerProducts> products_of_step(const Trainee& trainee) {
  std::vector<LayerProducts> layers;
  for (const Parameter& parameter : trainee.training.parameters) {
    if (array_name(parameter.name).what != "weight") continue;
    layers.emplace_back(layers.empty(), trainee.training.settings.batch_size, parameter.value->rows,
                        parameter.value->cols);
  }
  return layers;
}

double flops(const std::vector<LayerProducts>& layers) {
  double sum = 0;
  for (const LayerProducts& layer : layers) sum += layer.flops();
  return sum;
}

void multiply(std::vector<LayerProducts>& layers) {
  for (LayerProducts& layer : layers) gemm(Op::as_is, layer.x, Op::as_is, layer.W, layer.l);
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    gemm(Op::transposed, layer->x, Op::as_is, layer->l, layer->grad_W);
    if (!layer->first) gemm(Op::as_is, layer->l, Op::transposed, layer->W, layer->grad_x);
  }
}

void check_products(const std::vector<LayerProducts>& layers) {
  const auto check = [](Op op_a, const Matrix& a, Op op_b, const Matrix& b, const Matrix& c) {
    Matrix expected(c.rows, c.cols);
    gemm_naive(op_a, op_b, c.rows, c.cols, op_a == Op::as_is ? a.cols : a.rows, 1, a.data(), a.cols, b.data(), b.cols,
               0, expected.data(), c.cols);
    check_equal(formatted("a layer's product, %d×%d", c.rows, c.cols), c.size(), c.data(), expected.data());
  };
  for (const LayerProducts& layer : layers) {
    check(Op::as_is, layer.x, Op::as_is, layer.W, layer.l);
    check(Op::transposed, layer.x, Op::as_is, layer.l, layer.grad_W);
    if (!layer.first) check(Op::as_is, layer.l, Op::transposed, layer.W, layer.grad_x);
  }
}

}  // namespace handgrad
