#include "lessons/lesson2/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson2 {

void check(CheckReport& report) {
  for (const bool fix_gamma : {false, true}) {
    check_small_and_deep(
        report, {"lesson2", "2 (4)", "BatchNormMlp::backward", "lessons/lesson2/network.cpp",
                 [=](int hidden) { return std::make_unique<BatchNormMlp>(layer_widths(hidden, 4), fix_gamma); }, true});
  }
}

}  // namespace handgrad::lesson2
