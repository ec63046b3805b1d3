#include "lessons/lesson7/spread.h"
#include "src/checking/initialisation_check.h"

namespace handgrad::lesson7 {

// The network is lesson 1's, which has its own check.
void check(CheckReport& report) {
  check_layer_factor(report, layer_factor, "lessons/lesson7/spread.cpp");
}

}  // namespace handgrad::lesson7
