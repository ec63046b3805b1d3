#include "src/training/parameters.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("fully_connected_parameters count from 1 and lead to the arrays and their gradients") {
  std::vector<Matrix> W(3), b(3), grad_W(3), grad_b(3);
  const std::vector<Parameter> all = fully_connected_parameters(W, b, grad_W, grad_b);
  const char* const names[] = {"fc1_weight", "fc1_bias", "fc2_weight", "fc2_bias"};
  REQUIRE(all.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(all[k].name == names[k]);
    CHECK(all[k].value == (k % 2 == 0 ? &W : &b)->data() + 1 + k / 2);
    CHECK(all[k].grad == (k % 2 == 0 ? &grad_W : &grad_b)->data() + 1 + k / 2);
  }
}
