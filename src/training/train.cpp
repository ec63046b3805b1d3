#include "src/training/train.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

#include "src/io/text.h"
#include "src/matrix/vector.h"
#include "src/training/anomalies.h"
#include "src/training/batches.h"
#include "src/training/clip.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

// The epoch that is under way is the last of the history, and left out.
[[noreturn]] void stop(const std::string& what, const Training& training, History history, const std::string& when,
                       const std::string& origin) {
  const std::size_t epoch = history.loss.size();
  history.loss.pop_back();
  history.mean_abs_grad.pop_back();
  const bool sgd = training.settings.optimizer.kind == OptimizerSettings::Kind::sgd;
  const bool normalized = std::any_of(training.parameters.begin(), training.parameters.end(),
                                      [](const Parameter& p) { return array_name(p.name).kind == "bn"; });
  throw Diverged(what + formatted(" at epoch %zu", epoch) + when + ": " + origin +
                     "; try a smaller learning rate (--lr)" +
                     (sgd && !normalized ? ", --optimizer adam, or batch norm"
                      : sgd              ? " or --optimizer adam"
                      : normalized       ? ""
                                         : " or batch norm"),
                 history);
}

std::string not_finite(double value) {
  return std::isnan(value) ? " is not a number" : " is infinite";
}

std::string at_batch(int batch) {
  return formatted(", batch %d", batch + 1);
}

}  // namespace

Training::Training(Network& untrained, const Dataset& training_set, const TrainingSettings& training_settings)
    : network(&untrained),
      data(&training_set),
      settings(training_settings),
      parameters(untrained.parameters()),
      weights(weights_of(parameters)),
      optimizer(settings.optimizer, parameters) {
  mean_abs_grad.resize(weights.size());
  network->wants_grad_x = false;
}

void training_step(Training& training, int batch) {
  take_batch(*training.data, batch, training.settings.batch_size, training.x, training.y);
  const Matrix& o = training.network->forward(training.x, Mode::training);
  training.loss = training.settings.loss.forward(o, training.y);
  if (!std::isfinite(training.loss)) return;  // the outputs stay, so that origin_in_forward can search them
  training.settings.loss.backward(o, training.y, training.grad_o);
  training.network->backward(training.grad_o);
  for (std::size_t k = 0; k < training.weights.size(); ++k) {
    const Matrix& grad_W = *training.weights[k].grad;
    training.mean_abs_grad[k] = static_cast<double>(asum(grad_W.size(), grad_W.data())) / grad_W.size();
  }
  if (std::isfinite(training.settings.clip)) clip_gradients(training.parameters, training.settings.clip);
  optimizer_step(training.optimizer, training.parameters);
}

History train(Network& network, const Dataset& data, const TrainingSettings& settings, const EpochReport& report) {
  const int batches = batches_per_epoch(data.x.rows, settings.batch_size);
  Training training(network, data, settings);

  History history;
  for (const Parameter& weight : training.weights) history.weights.push_back(weight.name);

  for (std::size_t epoch = 0; epoch < static_cast<std::size_t>(settings.epochs); ++epoch) {
    history.loss.push_back(0);
    history.mean_abs_grad.emplace_back(history.weights.size());
    const auto begin = std::chrono::steady_clock::now();
    for (int batch = 0; batch < batches; ++batch) {
      training_step(training, batch);
      if (!std::isfinite(training.loss)) {
        stop("the loss" + not_finite(training.loss), training, history, at_batch(batch),
             origin_in_forward(training.x, network, training.parameters));
      }
      history.loss[epoch] += training.loss / batches;
      for (std::size_t k = 0; k < history.weights.size(); ++k) {
        if (!std::isfinite(training.mean_abs_grad[k])) {
          stop("the gradient of " + history.weights[k] + not_finite(training.mean_abs_grad[k]), training, history,
               at_batch(batch), origin_in_backward(training.parameters));
        }
        history.mean_abs_grad[epoch][k] += training.mean_abs_grad[k] / batches;
      }
    }
    // The step of the last batch, which no loss has seen yet, and infinity that a ReLU hides.
    const std::string fault = origin_in_parameters(training.parameters);
    if (!fault.empty()) stop("a parameter is no number", training, history, "", fault);

    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (report)
      report(static_cast<int>(epoch) + 1, history.loss[epoch], batches * settings.batch_size / seconds.count());
  }
  return history;
}

}  // namespace handgrad
