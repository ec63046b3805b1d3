#include "lessons/lesson5/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson5 {

void check(CheckReport& report) {
  check_small_and_deep(report,
                       {"lesson5", "5 (2)", "LeakyMlp::backward", "lessons/lesson5/network.cpp",
                        [](int hidden) { return std::make_unique<LeakyMlp>(layer_widths(hidden, 4), Real(0.25)); }});
}

}  // namespace handgrad::lesson5
