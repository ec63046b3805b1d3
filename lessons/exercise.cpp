#include "lessons/exercise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "src/data/iris.h"
#include "src/data/split.h"
#include "src/data/text.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

namespace handgrad {

namespace {

// Trains the network as the lecture does, or reads its parameters from a file.
void prepare(Network& network, const OptimizerSettings& optimizer, const Dataset& training_set,
             const std::string& params_file) {
  if (!params_file.empty()) {
    read_parameters(params_file, network.parameters());
    return;
  }
  initialise(network.parameters(), 0);
  train(network, training_set, {100, 20, optimizer}, [](int, double, double) {});
}

std::string row_text(const Matrix& row) {
  std::string text;
  for (int j = 0; j < row.cols; ++j) text += formatted(" %.6g", static_cast<double>(row(0, j)));
  return text;
}

// Prints one step: yours and the network's where they differ most. Returns whether they agree to 1e-6.
bool print_step(const Steps::Step& yours, const NamedValue& network) {
  const Matrix& expected = *network.value;
  if (yours.name != network.name) {
    std::printf("%-13s here the network computes %s\n", yours.name.c_str(), network.name.c_str());
    return false;
  }
  if (yours.value.rows != expected.rows || yours.value.cols != expected.cols) {
    std::printf("%-13s yours is %d×%d, the network's %d×%d: DIFFERS\n", yours.name.c_str(), yours.value.rows,
                yours.value.cols, expected.rows, expected.cols);
    return false;
  }
  int worst = 0;
  double largest = -1;
  for (int j = 0; j < expected.cols; ++j) {
    const double difference = std::abs(static_cast<double>(yours.value(0, j)) - static_cast<double>(expected(0, j)));
    if (difference > largest || std::isnan(difference)) {
      worst = j;
      largest = std::isnan(difference) ? INFINITY : difference;
    }
  }
  const double size = std::max(1.0, std::abs(static_cast<double>(expected(0, worst))));
  const bool agrees = largest <= 1e-6 * size;
  std::printf("%-13s %6d %14.8g %14.8g %10.1e  %s\n", yours.name.c_str(), worst + 1,
              static_cast<double>(yours.value(0, worst)), static_cast<double>(expected(0, worst)), largest,
              agrees ? "ok" : "DIFFERS");
  return agrees;
}

// Prints all steps and, of the first that differs, every number. Returns whether all agree.
bool print_steps(const Steps& steps, const std::vector<NamedValue>& values, const std::string& stopped) {
  std::printf("%-13s %6s %14s %14s %10s\n", "step", "column", "yours", "the network's", "difference");
  std::size_t first_wrong = values.size();
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (k >= steps.all.size()) {
      std::printf("%-13s %s\n", values[k].name.c_str(), stopped.c_str());
    } else if (!print_step(steps.all[k], values[k])) {
      first_wrong = std::min(first_wrong, k);
    }
  }
  if (first_wrong < values.size()) {
    std::printf("The first step that differs is %s:\n  yours        %s\n  the network's%s\n",
                values[first_wrong].name.c_str(), row_text(steps.all[first_wrong].value).c_str(),
                row_text(*values[first_wrong].value).c_str());
    return false;
  }
  if (steps.all.size() > values.size()) std::printf("The network computes nothing after softmax_out.\n");
  return steps.all.size() == values.size();
}

}  // namespace

const Matrix& NamedParameters::operator()(const std::string& name) const {
  for (const Parameter& parameter : all) {
    if (parameter.name == name) return *parameter.value;
  }
  throw std::invalid_argument("PARAMS: this network has no parameter named " + name);
}

Matrix Steps::add(const std::string& name, const Matrix& value) {
  all.push_back({name, value});
  return value;
}

int run_exercise(const std::string& title, Network& network, const OptimizerSettings& optimizer,
                 const PredictByHand& by_hand, int argc, char** argv) {
  if (argc != 1 && !(argc == 3 && std::string(argv[1]) == "--load")) {
    std::fprintf(stderr, "exercise: unknown option %s, accepted: --load FILE\n", quoted(argv[1]).c_str());
    return 2;
  }
  try {
    const Split split = read_split("data/lecture_split.csv", read_iris("data/iris.csv"));
    prepare(network, optimizer, split.train, argc == 3 ? argv[2] : "");

    Matrix x(1, iris_features);
    for (int j = 0; j < iris_features; ++j) x(0, j) = split.test.x(0, j);
    network.forward(x, Mode::prediction);

    Steps steps;
    std::string stopped = "not written yet";
    try {
      by_hand(x, {network.parameters()}, steps);
    } catch (const NotWrittenYet&) {
    } catch (const std::exception& error) {
      stopped = std::string("not reached: ") + error.what();
    }
    std::printf("%s\n", title.c_str());
    const bool right = print_steps(steps, network.values(), stopped);
    if (right) std::printf("Every step agrees with the network to 1e-6.\n");
    return right ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "exercise: %s\n", error.what());
    return 1;
  }
}

}  // namespace handgrad
