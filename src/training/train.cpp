#include "src/training/train.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "src/data/text.h"
#include "src/layers/log_loss.h"
#include "src/matrix/vector.h"
#include "src/training/batches.h"

namespace handgrad {

namespace {

// `of` goes on where `what` ends: the text is put together only when it is needed.
void check_finite(double value, const char* what, const char* of, std::size_t epoch, int batch) {
  if (std::isfinite(value)) return;
  throw std::runtime_error(formatted("%s%s is %s at epoch %zu, batch %d: try a smaller learning rate (--lr)", what, of,
                                     std::isnan(value) ? "not a number" : "infinite", epoch + 1, batch + 1));
}

}  // namespace

Training::Training(Network& untrained, const Dataset& training_set, const TrainingSettings& training_settings)
    : network(&untrained),
      data(&training_set),
      settings(training_settings),
      parameters(untrained.parameters()),
      optimizer(settings.optimizer, parameters) {
  for (const Parameter& parameter : parameters) {
    if (has_ending(parameter.name, "_weight")) weights.push_back(parameter);
  }
  mean_abs_grad.resize(weights.size());
}

void training_step(Training& training, int batch) {
  take_batch(*training.data, batch, training.settings.batch_size, training.x, training.y);
  const Matrix& o = training.network->forward(training.x, Mode::training);
  training.loss = log_loss_forward(o, training.y);
  log_loss_backward(o, training.y, training.grad_o);
  training.network->backward(training.grad_o);
  optimizer_step(training.optimizer, training.parameters);

  for (std::size_t k = 0; k < training.weights.size(); ++k) {
    const Matrix& grad_W = *training.weights[k].grad;
    training.mean_abs_grad[k] = static_cast<double>(asum(grad_W.size(), grad_W.data())) / grad_W.size();
  }
}

History train(Network& network, const Dataset& data, const TrainingSettings& settings, const EpochReport& report) {
  const int batches = batches_per_epoch(data.x.rows, settings.batch_size);
  Training training(network, data, settings);

  History history;
  for (const Parameter& weight : training.weights) history.weights.push_back(weight.name);
  const std::size_t epochs = static_cast<std::size_t>(settings.epochs);
  history.loss.resize(epochs);
  history.mean_abs_grad.assign(epochs, std::vector<double>(history.weights.size()));

  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    const auto begin = std::chrono::steady_clock::now();
    for (int batch = 0; batch < batches; ++batch) {
      training_step(training, batch);
      check_finite(training.loss, "the loss", "", epoch, batch);
      history.loss[epoch] += training.loss / batches;
      for (std::size_t k = 0; k < history.weights.size(); ++k) {
        check_finite(training.mean_abs_grad[k], "the gradient of ", history.weights[k].c_str(), epoch, batch);
        history.mean_abs_grad[epoch][k] += training.mean_abs_grad[k] / batches;
      }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    report(static_cast<int>(epoch) + 1, history.loss[epoch], batches * settings.batch_size / seconds.count());
  }
  return history;
}

}  // namespace handgrad
