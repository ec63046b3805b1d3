#include "tests/show.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

TEST_CASE("where a table differs doctest shows both") {
  const std::array<std::array<int, 3>, 3> table{{{18, 0, 0}, {0, 1, 0}, {0, 14, 17}}};
  CHECK(doctest::toString(table) == "{{18, 0, 0}, {0, 1, 0}, {0, 14, 17}}");
  CHECK(doctest::toString(std::vector<int>{5, -1}) == "{5, -1}");
  CHECK(doctest::toString(std::vector<std::string>{}) == "{}");
  CHECK(doctest::toString(std::vector<int>(101, 1)).size() == 305);
}
