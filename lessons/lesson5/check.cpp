#include "lessons/lesson5/network.h"
#include "src/checking/network_check.h"
#include "src/io/text.h"

namespace handgrad::lesson5 {

void check(CheckReport& report) {
  for (const double slope : {0.25, 0.1, 0.0, 0.7}) {
    Subject subject;
    subject.group = "lesson5";
    subject.section = "5 (2)";
    subject.network = "LeakyMlp";
    subject.file = "lessons/lesson5/network.cpp";
    subject.built_as = formatted("slope %g", slope);
    subject.make = [=](int hidden, int width) {
      return std::make_unique<LeakyMlp>(layer_widths(hidden, width), static_cast<Real>(slope));
    };
    check_network(report, subject, slope == 0.25 ? all_networks() : some_networks());
  }
}

}  // namespace handgrad::lesson5
