#include "src/program/run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "src/io/file.h"
#include "src/io/text.h"
#include "src/report/confusion.h"
#include "src/report/csv_files.h"
#include "src/report/gradient_bars.h"
#include "src/report/gradient_plot.h"
#include "src/report/loss_plot.h"
#include "src/report/network_diagram.h"
#include "src/report/progress.h"
#include "src/report/summary.h"
#include "src/training/anomalies.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"
#include "src/training/parameter_file.h"

namespace handgrad {

namespace {

std::string settings_text(const Settings& settings, const std::vector<Parameter>& parameters) {
  return network_shape(parameters) + ", " + optimizer_text(settings.training.optimizer) +
         formatted(", batch %d, %d epochs, seed %u", settings.training.batch_size, settings.training.epochs,
                   settings.seed) +
         (settings.init == Init::lecture ? "" : ", init " + init_name(settings.init)) +
         (std::isfinite(settings.training.clip) ? formatted(", clip %g", settings.training.clip) : "");
}

// The lecture prints epochs 1 to 5 and every tenth.
void print_epoch(int epoch, double loss, double samples_per_second) {
  if (epoch > 5 && epoch % 10 != 0) return;
  std::printf("epoch = %d: loss = %.4f (Speed: %.2f sample/secs)\n", epoch, loss, samples_per_second);
}

// Trains, and prints what the options want of every epoch.
History train_and_print(Network& network, const Dataset& data, const TrainingSettings& settings,
                        const Options& options) {
  if (options.quiet) return train(network, data, settings);
  Progress progress(settings.epochs);
  return train(network, data, settings, [&](int epoch, double loss, double samples_per_second) {
    const bool tenth = epoch % 10 == 0;
    if (epoch <= 5 || tenth) progress.hide();
    print_epoch(epoch, loss, samples_per_second);
    if (options.watch_gradients && (epoch == 1 || tenth)) {
      std::printf("%s", gradient_bars(network.outputs(), network.parameters()).c_str());
    }
    std::fflush(stdout);  // before the progress line comes again
    progress.show(epoch, loss, samples_per_second);
  });
}

// "mean |gradient| of fc1_weight: 6.22e-08 in epoch 1, at most 0.00654 in epoch 35, 0.00278 in epoch 100"
void print_gradient(const History& history, std::size_t weight) {
  const std::vector<std::vector<double>>& grads = history.mean_abs_grad;
  const auto largest =
      std::max_element(grads.begin(), grads.end(), [=](const auto& a, const auto& b) { return a[weight] < b[weight]; });
  std::printf("mean |gradient| of %s: %.3g in epoch 1, at most %.3g in epoch %td, %.3g in epoch %zu\n",
              history.weights[weight].c_str(), grads.front()[weight], (*largest)[weight], largest - grads.begin() + 1,
              grads.back()[weight], grads.size());
}

// Predicts the samples, prints their confusion table, and the probabilities if the samples were asked for by --rows,
// and writes PATH.predictions.csv. Returns what a page shows of it.
std::string predict(Network& network, const Dataset& samples, const Options& options, const std::string& path) {
  const Matrix& o = network.forward(samples.x, Mode::prediction);
  if (!all_finite(o)) {
    throw std::runtime_error("the predictions are not numbers: the last steps were too long, try a smaller --lr");
  }
  const Confusion confusion = confusion_table(o, samples.y);
  const std::string predictions = predictions_csv(samples, o);
  if (!options.quiet && !options.rows.empty()) std::printf("%s", predictions.c_str());
  if (!options.quiet) std::printf("%s", confusion_text(confusion).c_str());
  write_file(path + ".predictions.csv", predictions);
  return confusion_html(confusion) + mistakes_html(samples, o);
}

// The network in a drawing, with the shapes of a batch. The forward pass changes nothing that is trained.
std::string diagram(Network& network, const Dataset& training_set, int batch_size, const std::string& title) {
  Matrix x, y;
  take_batch(training_set, 0, batch_size, x, y);
  network.forward(x, Mode::prediction);
  return network_diagram_svg(
      x, network.outputs(), network.parameters(), title,
      formatted("on the arrows: what passes for a batch of %d flowers; in the boxes: the trained "
                "parameters",
                batch_size));
}

}  // namespace

RunReport train_run(const Settings& settings, const Options& options, const Dataset& training_set,
                    const Dataset& samples, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  initialise(parameters, settings.seed, settings.init);

  const bool as_in_lesson = !changes_training(options) && !options.depth && !options.width;
  const std::string& name = settings.run->name;
  const std::string text = settings_text(settings, parameters);
  const TrainingSettings& training = settings.training;
  RunReport report{name,
                   name + ": " + (as_in_lesson ? settings.run->title : "with settings of your own"),
                   {{"network", network_shape(parameters)},
                    {"optimizer", optimizer_text(training.optimizer)},
                    {"batch", std::to_string(training.batch_size)},
                    {"epochs", std::to_string(training.epochs)},
                    {"seed", std::to_string(settings.seed)}},
                   "",
                   {},
                   ""};
  if (settings.init != Init::lecture) report.settings.emplace_back("initial weights", init_name(settings.init));
  if (std::isfinite(training.clip)) report.settings.emplace_back("norm clipped at", formatted("%g", training.clip));
  if (!options.quiet) std::printf("%s\n%s\nStart training:\n", report.title.c_str(), text.c_str());
  const History history = train_and_print(*network, training_set, training, options);
  if (!options.quiet) {
    print_gradient(history, 0);
    print_gradient(history, history.weights.size() - 1);
    const std::string lost = lost_gradient(*network, history);
    if (!lost.empty()) std::printf("%s\n", lost.c_str());
  }
  report.predictions = predict(*network, samples, options, path);

  const std::string plot = gradient_plot_svg(history, report.title, text);
  report.pictures = {diagram(*network, training_set, training.batch_size, "The network of " + name),
                     loss_plot_svg(history, "Loss of " + name, text), plot,
                     heat_map_svg(gradient_heat_map(history, "Gradients of " + name, text))};
  write_file(path + ".history.csv", history_csv(history));
  write_parameters(path + ".params.txt", parameters);
  write_file(path + ".gradients.svg", plot);
  if (!options.quiet) {
    std::printf("written: %s.history.csv .predictions.csv .params.txt .gradients.svg\n\n", path.c_str());
  }
  return report;
}

void print_summary(const Settings& settings) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  network->forward(Matrix(settings.training.batch_size, iris_features, 0), Mode::prediction);
  std::printf("%s: %s, for a batch of %d; nothing is trained\n%s\n", settings.run->name.c_str(),
              network_shape(parameters).c_str(), settings.training.batch_size,
              network_summary(network->outputs(), parameters).c_str());
}

void load_run(const Settings& settings, const Options& options, const Dataset& samples, const std::string& path) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  read_parameters(*options.load, network->parameters());
  if (!options.quiet) std::printf("%s: with the parameters of %s\n", settings.run->name.c_str(), options.load->c_str());
  predict(*network, samples, options, path);
  if (!options.quiet) std::printf("written: %s.predictions.csv\n", path.c_str());
}

}  // namespace handgrad
