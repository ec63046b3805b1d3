#include "src/checking/prediction_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <stdexcept>

#include "src/checking/child.h"
#include "src/checking/not_written.h"
#include "src/checking/numeric_gradient.h"
#include "src/checking/thrown.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

std::string row_text(const Matrix& row) {
  std::string text;
  for (int j = 0; j < row.size(); ++j) text += formatted(" %.6g", static_cast<double>(row[j]));
  return text;
}

// Whether a step is the network's, to 1e-6.
bool agrees(const Steps::Step& yours, const Output& network) {
  return yours.name == network.name && same_shape(yours.value, *network.value) &&
         worst_element(yours.value, *network.value, 1).relative_error <= Real(1e-6);
}

// One step: yours and the network's where they differ most.
std::string step_text(const Steps::Step& yours, const Output& network) {
  const Matrix& expected = *network.value;
  const std::string name = padded(yours.name, 13);
  if (yours.name != network.name) return name + " DIFFERS: here the network computes " + network.name + "\n";
  if (!same_shape(yours.value, expected)) {
    return name + formatted(" DIFFERS: yours is %d×%d, the network's %d×%d\n", yours.value.rows, yours.value.cols,
                            expected.rows, expected.cols);
  }
  const int worst = worst_element(yours.value, expected, Real(1e-6)).col;
  const double mine = static_cast<double>(yours.value(0, worst)), its = static_cast<double>(expected(0, worst));
  return name + formatted(" %6d %14.8g %14.8g %10.1e  %s\n", worst, mine, its, std::abs(mine - its),
                          agrees(yours, network) ? "ok" : "DIFFERS");
}

std::string table(const std::vector<Steps::Step>& steps, const std::vector<Output>& outputs,
                  const std::string& ending) {
  const std::size_t written = std::min(steps.size(), outputs.size());
  std::string text = formatted("%-13s %6s %14s %14s %10s\n", "step", "column", "yours", "the network's", "difference");
  for (std::size_t k = 0; k < written; ++k) text += step_text(steps[k], outputs[k]);
  for (std::size_t k = written; k < outputs.size(); ++k) text += padded(outputs[k].name, 13) + " " + ending + "\n";
  for (std::size_t k = 0; k < written; ++k) {
    if (agrees(steps[k], outputs[k])) continue;
    return text + "The first step that differs is " + outputs[k].name + ":\n  yours        " +
           row_text(steps[k].value) + "\n  the network's" + row_text(*outputs[k].value) + "\n";
  }
  return text;
}

// A step as the child process sends it: its name, its shape, and its numbers byte for byte.
std::string sent(const Steps::Step& step) {
  const Matrix& m = step.value;
  return step.name + '\n' + std::to_string(m.rows) + '\n' + std::to_string(m.cols) + '\n' +
         std::string(reinterpret_cast<const char*>(m.data()), m.values.size() * sizeof(Real));
}

Steps::Step received(const std::string& text) {
  const std::size_t rows = text.find('\n') + 1, cols = text.find('\n', rows) + 1, numbers = text.find('\n', cols) + 1;
  Steps::Step step{text.substr(0, rows - 1), Matrix(std::stoi(text.substr(rows)), std::stoi(text.substr(cols)))};
  std::memcpy(step.value.data(), text.data() + numbers, text.size() - numbers);
  return step;
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
  if (tell) tell(all.back());
  return value;
}

PredictionReport check_prediction(Network& network, const Matrix& x, PredictByHand by_hand) {
  network.forward(x, Mode::prediction);
  const std::vector<Output> outputs = network.outputs();

  std::vector<Steps::Step> steps;
  std::string stopped;
  bool not_written = false;
  const auto work = [&](const Send& send) {
    Steps own;
    own.tell = [&](const Steps::Step& step) { send("step" + sent(step)); };
    try {
      by_hand(x, {network.parameters()}, own);
    } catch (const NotWrittenYet& error) {
      send(std::string("open") + error.what());
    } catch (...) {
      send("stopnot reached: " + thrown_text());
    }
  };
  const Ending ending = run_in_child(work, [&](const std::string& text) {
    if (text.compare(0, 4, "step") == 0) {
      steps.push_back(received(text.substr(4)));
    } else {
      stopped = text.substr(4);
      not_written = text.compare(0, 4, "open") == 0;
    }
  });
  if (!ending.finished) stopped = "not reached: it " + ending.how;

  PredictionReport report{table(steps, outputs, stopped.empty() ? "missing" : stopped), stopped, 0,
                          static_cast<int>(outputs.size())};
  for (std::size_t k = 0; k < std::min(steps.size(), outputs.size()); ++k) {
    if (agrees(steps[k], outputs[k])) ++report.right;
  }
  if (report.right == report.of && !stopped.empty() && !not_written) {
    --report.right;
    report.text += "All steps are right, but what comes then is " + stopped + "\n";
  }
  return report;
}

}  // namespace handgrad
