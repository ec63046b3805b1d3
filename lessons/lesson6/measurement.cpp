#include "lessons/lesson6/measurement.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "src/io/text.h"
#include "src/report/confusion.h"
#include "src/training/anomalies.h"
#include "src/training/initialisation.h"

namespace handgrad::lesson6 {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string csv_number(double value) {
  return std::isnan(value) ? "" : formatted("%.9g", value);
}

}  // namespace

Measurement measure(const Remedy& remedy, int depth, int width, std::uint32_t seed, const Split& samples,
                    const TrainingSettings& settings) {
  RemedyMlp network(remedy_widths(remedy, depth, width), remedy.architecture);
  initialise(network.parameters(), seed, remedy.init.value_or(Init::lecture));

  Measurement measured{depth, remedy.name, seed, 0, none, none, none, false};
  History history;
  try {
    history = train(network, samples.train, settings);
  } catch (const Diverged& diverged) {
    history = diverged.history;
    measured.diverged = true;
  }
  measured.epochs = static_cast<int>(history.loss.size());
  if (!history.loss.empty()) {
    const std::vector<double>& grads = history.mean_abs_grad.front();
    measured.loss = history.loss.back();
    measured.gradient_ratio = grads.front() / grads.back();
  }
  if (measured.diverged) return measured;

  const Matrix& o = network.forward(samples.test.x, Mode::prediction);
  measured.diverged = !all_finite(o);
  if (measured.diverged) return measured;
  const Confusion confusion = confusion_table(o, samples.test.y);
  measured.accuracy = 100.0 * confusion.right() / confusion.total();
  return measured;
}

std::string comparison_text(int width, const TrainingSettings& training, std::uint32_t first_seed, int seeds) {
  return "hidden layers of " + counted(width, "unit") + ", batch " + std::to_string(training.batch_size) + ", " +
         counted(training.epochs, "epoch") + ", " + counted(seeds, "seed") + formatted(" from %u", first_seed);
}

Summary summary_of(const std::vector<Measurement>& runs) {
  Summary summary;
  std::vector<double> accuracies, ratios;
  for (const Measurement& run : runs) {
    ++summary.runs;
    if (run.learned()) ++summary.learned;
    if (run.diverged) ++summary.diverged;
    if (!run.diverged) accuracies.push_back(run.accuracy);
    if (!std::isnan(run.gradient_ratio)) ratios.push_back(run.gradient_ratio);
  }

  const double n = static_cast<double>(accuracies.size());
  for (const double accuracy : accuracies) summary.mean += accuracy / n;
  if (accuracies.empty()) summary.mean = none;
  for (const double accuracy : accuracies) summary.deviation += (accuracy - summary.mean) * (accuracy - summary.mean);
  summary.deviation = n > 1 ? std::sqrt(summary.deviation / (n - 1)) : none;

  std::sort(ratios.begin(), ratios.end());
  const std::size_t half = ratios.size() / 2;
  summary.gradient_ratio = ratios.empty()           ? none
                           : ratios.size() % 2 == 1 ? ratios[half]
                                                    : (ratios[half - 1] + ratios[half]) / 2;
  return summary;
}

std::string accuracy_text(const Summary& summary) {
  if (summary.diverged == summary.runs) return "diverged";
  std::string text = formatted("%.1f", summary.mean);
  if (!std::isnan(summary.deviation)) text += formatted(" ± %.1f", summary.deviation);
  text += formatted(" (%d)", summary.learned);
  return summary.diverged == 0 ? text : text + formatted(", %d diverged", summary.diverged);
}

std::string ratio_text(const Summary& summary) {
  if (std::isnan(summary.gradient_ratio)) return "-";
  return summary.gradient_ratio == 0 ? "0" : formatted("%.0e", summary.gradient_ratio);
}

std::string runs_csv(const std::vector<Measurement>& runs) {
  std::string text = "depth,remedy,seed,epochs,loss,accuracy,learned,gradient_ratio\n";
  for (const Measurement& run : runs) {
    text += formatted("%d,%s,%u,%d,", run.depth, run.remedy.c_str(), run.seed, run.epochs) + csv_number(run.loss) +
            "," + csv_number(run.accuracy) + "," +
            (run.diverged    ? "diverged"
             : run.learned() ? "yes"
                             : "no") +
            "," + csv_number(run.gradient_ratio) + "\n";
  }
  return text;
}

}  // namespace handgrad::lesson6
