#include "src/training/train.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "src/data/text.h"
#include "src/layers/log_loss.h"
#include "src/matrix/vector.h"
#include "src/training/batches.h"
#include "src/training/trouble.h"

namespace handgrad {

namespace {

[[noreturn]] void stop(const std::string& what, std::size_t epoch, const std::string& when, const std::string& origin) {
  throw std::runtime_error(what + formatted(" at epoch %zu", epoch + 1) + when + ": " + origin +
                           "; try a smaller learning rate (--lr), --optimizer adam, or batch norm");
}

std::string not_finite(double value) {
  return std::isnan(value) ? " is not a number" : " is infinite";
}

std::string at_batch(int batch) {
  return formatted(", batch %d", batch + 1);
}

}  // namespace

History train(Network& network, const Dataset& data, const TrainingSettings& settings, const EpochReport& report) {
  const std::vector<Parameter> parameters = network.parameters();
  const int batches = batches_per_epoch(data.x.rows, settings.batch_size);
  Optimizer optimizer(settings.optimizer, parameters);

  History history;
  std::vector<const Matrix*> weight_grads;
  for (const Parameter& parameter : parameters) {
    if (!has_ending(parameter.name, "_weight")) continue;
    history.weights.push_back(parameter.name);
    weight_grads.push_back(parameter.grad);
  }
  const std::size_t epochs = static_cast<std::size_t>(settings.epochs);
  history.loss.resize(epochs);
  history.mean_abs_grad.assign(epochs, std::vector<double>(weight_grads.size()));

  Matrix x, y, grad_o;
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    const auto begin = std::chrono::steady_clock::now();
    for (int batch = 0; batch < batches; ++batch) {
      take_batch(data, batch, settings.batch_size, x, y);
      const Matrix& o = network.forward(x, Mode::training);
      const double loss = log_loss_forward(o, y);
      if (!std::isfinite(loss)) {
        stop("the loss" + not_finite(loss), epoch, at_batch(batch), origin_in_forward(x, network, parameters));
      }
      log_loss_backward(o, y, grad_o);
      network.backward(grad_o);
      optimizer_step(optimizer, parameters);

      history.loss[epoch] += loss / batches;
      for (std::size_t k = 0; k < weight_grads.size(); ++k) {
        const Matrix& grad_W = *weight_grads[k];
        const double mean_abs = static_cast<double>(asum(grad_W.size(), grad_W.data())) / grad_W.size();
        if (!std::isfinite(mean_abs)) {
          stop("the gradient of " + history.weights[k] + not_finite(mean_abs), epoch, at_batch(batch),
               origin_in_backward(parameters));
        }
        history.mean_abs_grad[epoch][k] += mean_abs / batches;
      }
    }
    // The steps of the last batch, which no loss has seen yet, and infinity that hides behind a ReLU.
    const std::string fault = origin_in_parameters(parameters);
    if (!fault.empty()) stop("a parameter is no number", epoch, "", fault);

    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    report(static_cast<int>(epoch) + 1, history.loss[epoch], batches * settings.batch_size / seconds.count());
  }
  return history;
}

}  // namespace handgrad
