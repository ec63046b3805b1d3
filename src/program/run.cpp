#include "src/program/run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "src/io/file.h"
#include "src/io/standard_output.h"
#include "src/io/text.h"
#include "src/report/confusion.h"
#include "src/report/csv_files.h"
#include "src/report/earlier_run.h"
#include "src/report/gradient_bars.h"
#include "src/report/gradient_plot.h"
#include "src/report/loss_plot.h"
#include "src/report/network_diagram.h"
#include "src/report/progress.h"
#include "src/report/summary.h"
#include "src/report/trace.h"
#include "src/training/anomalies.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"
#include "src/training/parameter_file.h"

namespace handgrad {

namespace {

std::string settings_text(const Settings& settings, const std::vector<Parameter>& parameters) {
  return network_shape(parameters) + ", " + optimizer_text(settings.training.optimizer) + ", batch " +
         std::to_string(settings.training.batch_size) + ", " + counted(settings.training.epochs, "epoch") +
         formatted(", seed %u", settings.seed) +
         (settings.init == Init::lecture ? "" : ", init " + init_name(settings.init)) +
         (std::isfinite(settings.training.clip) ? ", clip " + number_text(settings.training.clip) : "");
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
    show_standard_output();  // before the progress line comes again
    progress.show(epoch, loss, samples_per_second);
  });
}

// "mean |gradient| of fc1_weight: 6.22e-08 in epoch 1, at most 0.00654 in epoch 35, 0.00278 in epoch 100"
std::string gradient_text(const History& history, std::size_t weight) {
  const std::vector<std::vector<double>>& grads = history.mean_abs_grad;
  const auto largest =
      std::max_element(grads.begin(), grads.end(), [=](const auto& a, const auto& b) { return a[weight] < b[weight]; });
  return formatted("mean |gradient| of %s: %.3g in epoch 1, at most %.3g in epoch %td, %.3g in epoch %zu",
                   history.weights[weight].c_str(), grads.front()[weight], (*largest)[weight],
                   largest - grads.begin() + 1, grads.back()[weight], grads.size());
}

struct Predictions {
  Confusion confusion;
  std::string csv, html;  // for the file and the page
};

// Predicts the samples, and prints their confusion table, and the probabilities if the samples were asked for by
// --rows. None if they are not finite.
std::optional<Predictions> predict(Network& network, const Dataset& samples, const Options& options) {
  const Matrix& o = network.forward(samples.x, Mode::prediction);
  if (!all_finite(o)) return {};
  const Confusion confusion = confusion_table(o, samples.y);
  const std::string csv = predictions_csv(samples, o);
  if (!options.quiet && !options.rows.empty()) std::printf("%s", csv.c_str());
  if (!options.quiet) std::printf("%s", confusion_text(confusion).c_str());
  return Predictions{confusion, csv, confusion_html(confusion) + mistakes_html(samples, o)};
}

// The network in a drawing, with the shapes of a batch. The forward pass changes nothing that is trained.
std::string diagram(Network& network, const Dataset& training_set, int batch_size, const std::string& title) {
  Matrix x, y;
  take_batch(training_set, 0, batch_size, x, y);
  network.forward(x, Mode::prediction);
  return network_diagram_svg(x, network.outputs(), network.parameters(), title,
                             "on the arrows: what passes for a batch of " + counted(batch_size, "flower") +
                                 "; in the boxes: the trained parameters");
}

// For --trace: prints the flower's numbers and writes the file. Returns what a page shows of it.
std::string write_trace(Network& network, const Settings& settings, int row, bool quiet, const Split& split,
                        const std::string& title, const std::string& file) {
  const TrainingSettings& training = settings.training;
  const Trace trace = trace_of(network, training.loss, split, row, training.batch_size, title, file);
  if (!quiet) std::printf("%s", trace.shown.c_str());
  write_file(file, trace.file);
  return trace.shown;
}

// What is known of a run once it has ended.
struct Trained {
  History history;  // up to where it diverged, if it did
  std::string lost, diverged;
  std::optional<Predictions> predictions;
};

Trained train_and_predict(Network& network, const TrainingSettings& training, const Options& options,
                          const Split& split, const Dataset& samples) {
  Trained trained;
  History& history = trained.history;
  try {
    history = train_and_print(network, split.train, training, options);
    trained.lost = lost_gradient(network, history);
  } catch (const Diverged& diverged) {
    history = diverged.history;
    trained.diverged = diverged.what();
    return trained;
  }
  if (!options.quiet) {
    std::printf("%s\n%s\n", gradient_text(history, 0).c_str(),
                gradient_text(history, history.weights.size() - 1).c_str());
    if (!trained.lost.empty()) std::printf("%s\n", trained.lost.c_str());
  }
  trained.predictions = predict(network, samples, options);
  if (!trained.predictions) {
    trained.diverged = "the predictions are not numbers: the last steps were too long, try a smaller --lr";
  }
  return trained;
}

// "Loss 0.1653 after epoch 100, 36 of 50 flowers right; mean |gradient| of …"
std::string result_text(const Trained& trained) {
  const History& history = trained.history;
  if (history.loss.empty()) return "No epoch came to its end.";
  std::string text = formatted("Loss %.4f after epoch %zu", history.loss.back(), history.loss.size());
  if (trained.predictions) {
    const Confusion& confusion = trained.predictions->confusion;
    text += formatted(", %d of %d flowers right", confusion.right(), confusion.total());
  }
  text += "; " + gradient_text(history, 0) + "; " + gradient_text(history, history.weights.size() - 1);
  return text + (trained.lost.empty() ? "." : "; " + trained.lost + ".");
}

}  // namespace

RunReport train_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
                    const std::string& folder) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::vector<Parameter> parameters = network->parameters();
  initialise(parameters, settings.seed, settings.init);
  std::optional<EarlierRun> earlier;
  if (options.beside) earlier = read_earlier_run(*options.beside, parameters);

  const bool as_in_lesson = !changes_training(options) && !options.depth && !options.width;
  const std::string& name = settings.run->name;
  const TrainingSettings& training = settings.training;
  std::string text = settings_text(settings, parameters);
  RunReport report{name, name + ": " + (as_in_lesson ? settings.run->title : "with settings of your own"), ""};
  report.settings = {{"network", network_shape(parameters)},
                     {"optimizer", optimizer_text(training.optimizer)},
                     {"batch", std::to_string(training.batch_size)},
                     {"epochs", std::to_string(training.epochs)},
                     {"seed", std::to_string(settings.seed)}};
  const std::string left_out = left_out_text(training.batch_size);
  if (!left_out.empty()) report.settings.emplace_back("left out", left_out);
  if (settings.init != Init::lecture) report.settings.emplace_back("initial weights", init_name(settings.init));
  if (std::isfinite(training.clip)) report.settings.emplace_back("norm clipped at", number_text(training.clip));
  if (!options.quiet) {
    std::printf("%s\n%s\n%s%sStart training:\n", report.title.c_str(), text.c_str(), left_out.c_str(),
                left_out.empty() ? "" : "\n");
  }
  const Trained trained = train_and_predict(*network, training, options, split, samples);
  const History& history = trained.history;
  report.result = result_text(trained);
  report.diverged = trained.diverged;
  if (!trained.diverged.empty()) text += formatted("; diverged after epoch %zu", history.loss.size());

  // The files of one run: those that it does not have must not stay from another one.
  const std::string path = folder + "/" + name;
  std::string written;
  const auto put = [&](const std::string& ending, const std::string& content) {
    write_file(path + ending, content);
    written += (written.empty() ? path : " ") + ending;
  };
  hold_folder(folder);
  for (const char* ending : {".predictions.csv", ".params.txt", ".gradients.svg", ".trace.txt"}) {
    if (!trained.predictions || ending == std::string(".trace.txt")) std::remove((path + ending).c_str());
  }
  put(".history.csv", history_csv(history));
  if (trained.predictions) {
    report.predictions = trained.predictions->html;
    if (earlier) report.beside = beside_text(*earlier, history, trained.predictions->confusion);
    if (!options.quiet) std::printf("%s", report.beside.c_str());
    put(".predictions.csv", trained.predictions->csv);
    write_parameters(path + ".params.txt", parameters, name);
    written += " .params.txt";
  }
  if (!history.loss.empty()) {
    const History* const before = earlier ? &earlier->history : nullptr;
    report.gradients = gradient_plot_svg(history, report.title, text, before);
    report.legend = gradient_legend_html(history);
    report.loss = loss_plot_svg(history, "Loss of " + name, text, before);
    report.heat_map = heat_map_svg(gradient_heat_map(history, "Gradients of " + name, text));
    put(".gradients.svg", report.gradients);
  }
  report.network = diagram(*network, split.train, training.batch_size, "The network of " + name);
  if (options.trace && trained.predictions) {
    const std::string title = name + " after " + counted(training.epochs, "epoch");
    report.trace = write_trace(*network, settings, *options.trace, options.quiet, split, title, path + ".trace.txt");
    written += " .trace.txt";
  }
  if (!options.quiet) std::printf("written: %s\n\n", written.c_str());
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

void load_run(const Settings& settings, const Options& options, const Split& split, const Dataset& samples,
              const std::string& folder) {
  const std::unique_ptr<Network> network = settings.run->make_network(settings.depth, settings.width);
  const std::string& name = settings.run->name;
  read_parameters(*options.load, network->parameters(), name);
  if (!options.quiet) std::printf("%s: with the parameters of %s\n", name.c_str(), options.load->c_str());
  const std::optional<Predictions> predictions = predict(*network, samples, options);
  if (!predictions) throw std::runtime_error("the predictions are not numbers with the parameters of " + *options.load);

  const std::string path = folder + "/" + name + ".loaded";
  hold_folder(folder);
  write_file(path + ".predictions.csv", predictions->csv);
  std::remove((path + ".trace.txt").c_str());  // it would be of other parameters
  if (options.trace) {
    const std::string title = name + " with the parameters of " + *options.load;
    write_trace(*network, settings, *options.trace, options.quiet, split, title, path + ".trace.txt");
  }
  if (!options.quiet) {
    std::printf("written: %s.predictions.csv%s\n", path.c_str(), options.trace ? " .trace.txt" : "");
  }
}

}  // namespace handgrad
