#include "src/report/earlier_run.h"

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <stdexcept>

#include "src/io/text.h"
#include "src/report/csv_files.h"

namespace handgrad {

namespace {

constexpr const char* history_ending = ".history.csv";

std::string from_first_to_last(const std::vector<std::string>& weights) {
  return weights.front() + " to " + weights.back();
}

std::string line(const std::string& quantity, const std::string& before, const std::string& now, double ratio) {
  return padded(quantity, 30) + formatted(" %10s %10s", before.c_str(), now.c_str()) +
         (std::isfinite(ratio) ? formatted(" %10.3g\n", ratio) : "          -\n");
}

std::string number_line(const std::string& quantity, double before, double now) {
  return line(quantity, formatted("%.3g", before), formatted("%.3g", now), now / before);
}

}  // namespace

EarlierRun read_earlier_run(const std::string& path, const std::vector<Parameter>& parameters) {
  EarlierRun earlier{path, read_history(path), {}};
  const std::vector<std::string>& found = earlier.history.weights;
  std::vector<std::string> weights;
  for (const Parameter& weight : weights_of(parameters)) weights.push_back(weight.name);
  if (found != weights) {
    throw std::runtime_error(path + " is the history of another network: it has " + from_first_to_last(found) +
                             ", this one " + from_first_to_last(weights));
  }
  const std::size_t end = path.rfind(history_ending);
  const std::string predictions = path.substr(0, end) + ".predictions.csv";
  if (end != std::string::npos && std::filesystem::exists(predictions))
    earlier.confusion = read_predictions(predictions);
  return earlier;
}

std::string beside_text(const EarlierRun& earlier, const History& now, const Confusion& right_now) {
  const History& before = earlier.history;
  std::string text =
      "beside " + earlier.path + ", in the last epoch\n" + padded("", 30) + "     before        now      ratio\n";
  if (before.loss.size() != now.loss.size()) {
    text += line("epochs", std::to_string(before.loss.size()), std::to_string(now.loss.size()), std::nan(""));
  }
  text += line("loss", formatted("%.4f", before.loss.back()), formatted("%.4f", now.loss.back()),
               now.loss.back() / before.loss.back());
  const std::size_t last = now.weights.size() - 1;
  for (const std::size_t k : {std::size_t{0}, last}) {
    text += number_line("mean |gradient| of " + now.weights[k], before.mean_abs_grad.back()[k],
                        now.mean_abs_grad.back()[k]);
  }
  const auto right = [](const Confusion& confusion) {
    return formatted("%d of %d", confusion.right(), confusion.total());
  };
  const std::string quantity = "flowers right";
  if (!earlier.confusion)
    return text + line(quantity, "no file", right(right_now), std::nan("")) +
           "(there is no predictions.csv beside that history)\n";
  const auto share = [](const Confusion& confusion) { return 1.0 * confusion.right() / confusion.total(); };
  return text +
         line(quantity, right(*earlier.confusion), right(right_now), share(right_now) / share(*earlier.confusion));
}

}  // namespace handgrad
