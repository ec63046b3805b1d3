// make check-grad: is every hand-written gradient the derivative of what the forward pass computes?

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "src/checking/checks.h"
#include "src/checking/isolation.h"
#include "src/checking/report_text.h"
#include "src/checking/training_checks.h"
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

// In the order of the backward pass: from the loss down, then whole networks, then what is done with the gradients.
std::vector<NamedCheck> all_checks() {
  std::vector<NamedCheck> all = layer_checks();
  all.push_back({"parameters", check_parameters});
#define LESSON(name) all.push_back({#name, name::check});
#include "lessons.inc"
#undef LESSON
  for (const NamedCheck& check : training_checks()) all.push_back(check);
  return all;
}

// Those of a name that is wanted; all if none is. Throws UsageError for a name that there is not.
std::vector<NamedCheck> wanted_checks(const std::vector<std::string>& wanted) {
  const std::vector<NamedCheck> all = all_checks();
  std::vector<std::string> names;
  for (const NamedCheck& check : all) names.push_back(check.name);
  for (const std::string& name : wanted) {
    if (std::count(names.begin(), names.end(), name) == 0) {
      throw UsageError("no layer " + quoted(name) + ", accepted: LAYER= " + joined(names, ", "));
    }
  }
  std::vector<NamedCheck> chosen;
  for (const NamedCheck& check : all) {
    if (wanted.empty() || std::count(wanted.begin(), wanted.end(), check.name) > 0) chosen.push_back(check);
  }
  return chosen;
}

int check_grad(const std::vector<std::string>& wanted) {
  CheckReport report;
  double seconds = 1;
  for (const NamedCheck& check : wanted_checks(wanted)) {
    // After one endless loop there are often more: what calls the function that has it. They are given less.
    if (check_isolated(report, check.run, seconds)) seconds = 0.25;
  }
  std::printf("%s", check_report_text(report, isatty(STDOUT_FILENO) == 1).c_str());
  return report.wrong_count() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return report_errors("check-grad", [=] {
    std::vector<std::string> wanted;
    for (int k = 1; k < argc; ++k) {
      for (const std::string& name : split(argv[k], ' ')) {
        if (!name.empty()) wanted.push_back(name);
      }
    }
    return check_grad(wanted);
  });
}
