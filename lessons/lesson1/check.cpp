#include "lessons/lesson1/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson1 {

void check(CheckReport& report) {
  check_small_and_deep(report, {"lesson1", "1 (4)", "Mlp::backward", "lessons/lesson1/network.cpp",
                                [](int hidden) { return std::make_unique<Mlp>(layer_widths(hidden, 4)); }});
}

}  // namespace handgrad::lesson1
