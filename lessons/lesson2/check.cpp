#include "lessons/lesson2/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson2 {

void check(CheckReport& report) {
  for (const bool fix_gamma : {false, true}) {
    Subject subject;
    subject.group = "lesson2";
    subject.section = "2 (4)";
    subject.network = "BatchNormMlp";
    subject.file = "lessons/lesson2/network.cpp";
    subject.built_as = fix_gamma ? "γ fixed" : "γ learned";
    subject.make = [=](int hidden, int width) {
      return std::make_unique<BatchNormMlp>(layer_widths(hidden, width), fix_gamma);
    };
    if (fix_gamma) subject.fixed = {"gamma"};
    check_network(report, subject, fix_gamma ? some_networks() : all_networks());
  }
}

}  // namespace handgrad::lesson2
