#include "src/report/confusion.h"

#include <doctest/doctest.h>

#include "tests/io/expect_message.h"

using namespace handgrad;

namespace {

using Counts = std::array<std::array<int, 3>, 3>;

}  // namespace

TEST_CASE("largest_column finds the largest number of a row, of equals the first") {
  const Matrix m{{0.2f, 0.5f, 0.3f}, {1, 0, 0}, {0, 0, 1}, {0.4f, 0.4f, 0.2f}, {0, 0.5f, 0.5f}, {-3, -2, -1}};
  const int expected[] = {1, 0, 2, 0, 1, 2};
  for (int i = 0; i < m.rows; ++i) CHECK(largest_column(m, i) == expected[i]);
}

TEST_CASE("confusion_table counts predicted species in rows and true ones in columns") {
  //           predicted 2, true 1  |  predicted 2, true 2  |  predicted 3, true 1 |  the first once more
  const Matrix o{{0.1f, 0.8f, 0.1f}, {0.3f, 0.4f, 0.3f}, {0, 0.2f, 0.8f}, {0.2f, 0.6f, 0.2f}};
  const Matrix y{{1, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, 0, 0}};
  const Confusion confusion = confusion_table(o, y);
  CHECK(confusion.count == Counts{{{0, 0, 0}, {2, 1, 0}, {1, 0, 0}}});
  CHECK(confusion.total() == 4);
  CHECK(confusion.right() == 1);
}

TEST_CASE("confusion_table says which shapes do not fit") {
  expect_message<std::invalid_argument>("confusion_table: y is 5×3 but o is 4×3: o needs 5 rows",
                                        [] { confusion_table(Matrix(4, 3), Matrix(5, 3)); });
  expect_message<std::invalid_argument>("confusion_table: o is 4×3 but y is 4×2: y needs 3 columns",
                                        [] { confusion_table(Matrix(4, 3), Matrix(4, 2)); });
  expect_message<std::invalid_argument>("confusion_table: y is 4×3 but o is 4×2: o needs 3 columns",
                                        [] { confusion_table(Matrix(4, 2), Matrix(4, 3)); });
}

TEST_CASE("confusion_text is the lecture's table with a line that explains it and the accuracy") {
  Confusion mlp4;
  mlp4.count = {{{18, 0, 0}, {0, 1, 0}, {0, 14, 17}}};
  CHECK(confusion_text(mlp4) ==
        "confusion table (rows predicted, columns true; 1 setosa 2 versicolor 3 virginica)\n"
        "     1  2  3\n"
        "  1 18  0  0\n"
        "  2  0  1  0\n"
        "  3  0 14 17\n"
        "accuracy = 36 of 50 (72.0 %)\n");

  Confusion one_wrong;
  one_wrong.count = {{{1, 0, 0}, {0, 1, 1}, {0, 0, 0}}};
  CHECK(confusion_text(one_wrong) ==
        "confusion table (rows predicted, columns true; 1 setosa 2 versicolor 3 virginica)\n"
        "     1  2  3\n"
        "  1  1  0  0\n"
        "  2  0  1  1\n"
        "  3  0  0  0\n"
        "accuracy = 2 of 3 (66.7 %)\n");
}

TEST_CASE("a confusion table of no rows is refused: it has no accuracy") {
  CHECK_THROWS_WITH(confusion_table(Matrix(0, 3), Matrix(0, 3)),
                    "confusion_table: o is 0×3: a mean needs 1 row or more");
}
