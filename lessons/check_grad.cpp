// make check-grad: is every hand-written gradient the derivative of what the forward pass computes?

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "lessons/network_checks.h"
#include "src/checking/check_report.h"
#include "src/checking/layer_checks.h"
#include "src/data/text.h"
#include "src/report/standard_output.h"

namespace {

using namespace handgrad;

struct Check {
  std::string name;
  std::function<void(CheckReport&)> run;
};

// In the order of the backward pass: from the loss down, then whole networks, then what is done with the gradients.
const std::vector<Check>& checks() {
  static const std::vector<Check> all{
      {"log_loss", [](CheckReport& report) { check_log_loss(report); }},
      {"squared_loss", [](CheckReport& report) { check_squared_loss(report); }},
      {"softmax", [](CheckReport& report) { check_softmax(report); }},
      {"fully_connected", [](CheckReport& report) { check_fully_connected(report); }},
      {"relu", [](CheckReport& report) { check_relu(report); }},
      {"leaky_relu", [](CheckReport& report) { check_leaky_relu(report); }},
      {"sigmoid", [](CheckReport& report) { check_sigmoid(report); }},
      {"batch_norm", [](CheckReport& report) { check_batch_norm(report); }},
      {"residual", [](CheckReport& report) { check_residual(report); }},
      {"concat", [](CheckReport& report) { check_concat(report); }},
      {"lesson1", check_lesson1_network},
      {"lesson2", check_lesson2_network},
      {"lesson3", check_lesson3_network},
      {"lesson4", check_lesson4_network},
      {"lesson5", check_lesson5_network},
      {"lesson6", check_lesson6_network},
      {"sgd", check_sgd},
      {"adam", check_adam},
      {"optimizer", check_optimizer_step},
  };
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "";
  std::vector<std::string> names;
  for (const Check& check : checks()) names.push_back(check.name);
  if (!wanted.empty() && std::count(names.begin(), names.end(), wanted) == 0) {
    std::fprintf(stderr, "check-grad: no layer %s, accepted: LAYER= %s\n", quoted(wanted).c_str(),
                 joined(names, ", ").c_str());
    return 2;
  }

  CheckReport report;
  for (const Check& check : checks()) {
    if (!wanted.empty() && wanted != check.name) continue;
    try {
      check.run(report);
    } catch (const std::exception& error) {  // not the backward function, whose exceptions are part of the report
      report.stop({check.name, "the forward pass", "", check.name, "its file"}, error.what());
    }
  }
  std::printf("%s", check_report_text(report, isatty(STDOUT_FILENO) == 1).c_str());
  try {
    flush_standard_output();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "check-grad: %s\n", error.what());
    return 1;
  }
  return report.wrong_count() == 0 ? 0 : 1;
}
