#include "src/training/batches.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("an epoch has floor(rows / batch) batches") {
  CHECK(batches_per_epoch(100, 20) == 5);
  CHECK(batches_per_epoch(100, 30) == 3);
  CHECK(batches_per_epoch(100, 100) == 1);
  CHECK(batches_per_epoch(100, 51) == 1);
  CHECK(batches_per_epoch(100, 1) == 100);
}

TEST_CASE("batches are rows in their order") {
  Dataset data{Matrix{{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}}, Matrix{{1}, {2}, {3}, {4}, {5}}, {}};
  Matrix x, y;
  take_batch(data, 0, 2, x, y);
  CHECK(x.values == std::vector<Real>{1, 10, 2, 20});
  CHECK(y.values == std::vector<Real>{1, 2});
  take_batch(data, 1, 2, x, y);
  CHECK(x.values == std::vector<Real>{3, 30, 4, 40});
  CHECK(y.values == std::vector<Real>{3, 4});
}

TEST_CASE("a batch that the data does not have is refused") {
  Dataset data{Matrix(5, 2), Matrix(5, 1), {}};
  Matrix x, y;
  CHECK_THROWS_WITH(take_batch(data, 2, 2, x, y), "take_batch: batch 2 of 2 (they count from 0)");
  CHECK_THROWS_WITH(take_batch(data, -1, 2, x, y), "take_batch: batch -1 of 2 (they count from 0)");
  CHECK_THROWS_WITH(batches_per_epoch(100, 0), "a batch of 0 rows from 100: expected 1 to 100");
  CHECK_THROWS_WITH(batches_per_epoch(100, 101), "a batch of 101 rows from 100: expected 1 to 100");
}
