// make check-grad: is every hand-written gradient the derivative of what the forward pass computes?

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/checking/layer_checks.h"
#include "src/io/text.h"
#include "src/program/errors.h"

// lessons.inc, which make writes, has a line LESSON(lessonN) for every folder lessons/lessonN. The check of its network
// stands in its check.cpp.
#define LESSON(name)               \
  namespace handgrad::name {       \
  void check(CheckReport& report); \
  }
#include "lessons.inc"
#undef LESSON

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
#define LESSON(name) {#name, name::check},
#include "lessons.inc"
#undef LESSON
      {"sgd", check_sgd},
      {"adam", check_adam},
      {"optimizer", check_optimizer_step},
  };
  return all;
}

int check_grad(const std::string& wanted) {
  std::vector<std::string> names;
  for (const Check& check : checks()) names.push_back(check.name);
  if (!wanted.empty() && std::count(names.begin(), names.end(), wanted) == 0) {
    throw UsageError("no layer " + quoted(wanted) + ", accepted: LAYER= " + joined(names, ", "));
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
  return report.wrong_count() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return report_errors("check-grad", [=] { return check_grad(argc > 1 ? argv[1] : ""); });
}
