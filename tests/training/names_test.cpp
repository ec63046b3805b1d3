#include "src/training/names.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace handgrad;

namespace {

void check_parts(const std::string& name, const std::string& kind, int number, const std::string& what) {
  CAPTURE(name);
  const ArrayName parts = array_name(name);
  CHECK(parts.kind == kind);
  CHECK(parts.number == number);
  CHECK(parts.what == what);
}

}  // namespace

TEST_CASE("array_name: kind, number and what") {
  check_parts("fc2_weight", "fc", 2, "weight");
  check_parts("bn1000_moving_mean", "bn", 1000, "moving_mean");
  check_parts("relu12_out", "relu", 12, "out");
  check_parts("softmax_out", "softmax", 0, "out");
  check_parts("prelu3_slope", "prelu", 3, "slope");
  check_parts("a1_W2", "a", 1, "W2");
  CHECK(array_name("fc12_bias").layer() == "fc12");
  CHECK(array_name("softmax_out").layer() == "softmax");
}

TEST_CASE("array_name: any other form gets one line that says what is expected") {
  for (const char* name : {"", "fc1", "fc1_", "_weight", "1_weight", "fc0_weight", "fc-1_weight", "fc1weight",
                           "fc 1_weight", "fc1_wei ght", "fc1.0_weight", "fc99999999999_weight", "fc1_\n"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH_AS(array_name(name),
                         doctest::Contains("expected KIND, NUMBER from 1, _ and WHAT, such as fc2_weight"),
                         std::invalid_argument);
  }
}
