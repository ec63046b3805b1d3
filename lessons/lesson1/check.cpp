#include "lessons/lesson1/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson1 {

void check(CheckReport& report) {
  Subject subject;
  subject.group = "lesson1";
  subject.section = "1 (4)";
  subject.network = "Mlp";
  subject.file = "lessons/lesson1/network.cpp";
  subject.make = [](int hidden, int width) { return std::make_unique<Mlp>(layer_widths(hidden, width)); };
  check_network(report, subject);
}

}  // namespace handgrad::lesson1
