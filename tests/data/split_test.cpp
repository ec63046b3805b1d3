#include "src/data/split.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/io/damaged_file.h"

using namespace handgrad;

namespace {

// What set.seed(0); sample(1:150, 100) printed in the lecture's R.
const std::vector<int> lecture_rows{135, 40,  56,  85,  133, 30,  130, 136, 94,  89, 9,  29,  25,  95,  53,  104, 67,
                                    96,  131, 50,  102, 121, 28,  83,  16,  34,  48, 2,  47,  106, 41,  58,  71,  119,
                                    22,  146, 77,  90,  13,  81,  46,  113, 70,  84, 59, 148, 127, 3,   49,  74,  108,
                                    124, 147, 43,  24,  7,   10,  145, 99,  61,  37, 82, 26,  149, 139, 105, 116, 87,
                                    63,  137, 118, 27,  66,  79,  88,  36,  134, 64, 86, 98,  68,  93,  144, 114, 107,
                                    132, 112, 45,  8,   15,  140, 91,  4,   109, 65, 97, 44,  138, 78,  42};

const Iris& iris() {
  static const Iris read = read_iris("data/iris.csv");
  return read;
}

std::string split_text() {
  return read_file("data/lecture_split.csv");
}

// Every row of the set must be the row of iris that it names, and its species in one-hot.
void check_rows_of_iris(const Dataset& set) {
  const int n = static_cast<int>(set.rows.size());
  REQUIRE(set.x.rows == n);
  REQUIRE(set.x.cols == iris_features);
  REQUIRE(set.y.rows == n);
  REQUIRE(set.y.cols == iris_classes);
  for (int i = 0; i < n; ++i) {
    const int row = set.rows[static_cast<std::size_t>(i)] - 1;
    CAPTURE(row);
    for (int j = 0; j < iris_features; ++j) CHECK(set.x(i, j) == iris().x(row, j));
    for (int k = 0; k < iris_classes; ++k) {
      CHECK(set.y(i, k) == (iris().species[static_cast<std::size_t>(row)] == k ? 1 : 0));
    }
  }
}

void check_split_refused(const std::string& text, const std::string& message) {
  expect_refused(text, message, [](const std::string& path) { read_split(path, iris()); });
}

// lecture_split.csv with another line 3 (its second row).
void check_split_line_refused(const std::string& line, const std::string& message) {
  check_split_refused(with_line(split_text(), 3, line + "\n"), message);
}

}  // namespace

TEST_CASE("the training rows are the lecture's, in its order") {
  const Split split = read_split("data/lecture_split.csv", iris());
  CHECK(split.train.rows == lecture_rows);
  check_rows_of_iris(split.train);
}

TEST_CASE("the test rows are the 50 others, ascending: 18 setosa, 15 versicolor, 17 virginica") {
  const Split split = read_split("data/lecture_split.csv", iris());
  REQUIRE(split.test.rows.size() == 50);
  CHECK(split.test.rows.front() == 1);
  CHECK(std::is_sorted(split.test.rows.begin(), split.test.rows.end()));
  for (const int row : lecture_rows) {
    CHECK(std::count(split.test.rows.begin(), split.test.rows.end(), row) == 0);
  }
  check_rows_of_iris(split.test);

  int count[iris_classes] = {0, 0, 0};
  for (const int row : split.test.rows) ++count[iris().species[static_cast<std::size_t>(row) - 1]];
  CHECK(count[0] == 18);
  CHECK(count[1] == 15);
  CHECK(count[2] == 17);
}

TEST_CASE("read_split takes any 100 different rows, CRLF, a byte-order mark, quotes, no newline at the end") {
  std::string text = "\xEF\xBB\xBF\"train_row\"";
  for (int row = 150; row > 50; --row) text += "\r\n\"" + std::to_string(row) + "\"";
  const TemporaryFolder folder;
  write_file(folder.path + "/split.csv", text);
  const Split split = read_split(folder.path + "/split.csv", iris());
  CHECK(split.train.rows.front() == 150);
  CHECK(split.train.rows.back() == 51);
  CHECK(split.test.rows.front() == 1);
  CHECK(split.test.rows.back() == 50);
}

TEST_CASE("read_split refuses what is no row of iris") {
  for (const char* found : {"0", "151", "1.5", "-1", "+40", " 40", "40 ", "", "NaN", "inf", "0x10", "1e1", "forty",
                            "4294967337", "99999999999999999999"}) {
    CAPTURE(found);
    check_split_line_refused(found, "FILE line 3, column 1 (train_row): found '" + std::string(found) +
                                        "', expected a row of iris, from 1 to 150");
  }
}

TEST_CASE("read_split refuses a row that comes twice") {
  check_split_line_refused("135", "FILE line 3, column 1 (train_row): found '135', expected every row at most once");
  check_split_refused(with_line(split_text(), 101, "135\n"),
                      "FILE line 101, column 1 (train_row): found '135', expected every row at most once");
}

TEST_CASE("read_split refuses too few and too many rows") {
  check_split_refused(with_line(split_text(), 50, ""), "FILE: found 99 training rows below the header, expected 100");
  check_split_refused(split_text() + "1\n", "FILE: found 101 training rows below the header, expected 100");
  check_split_refused("train_row\n", "FILE: found 0 training rows below the header, expected 100");
}

TEST_CASE("read_split refuses a second column, an empty line, and a quote left open") {
  check_split_line_refused("40,56", "FILE line 3: found 2 fields in '40,56', expected 1 (train_row)");
  check_split_line_refused("\n40", "FILE: found 101 training rows below the header, expected 100");
  check_split_line_refused("", "FILE line 3, column 1 (train_row): found '', expected a row of iris, from 1 to 150");
  check_split_line_refused("\"40",
                           "FILE line 3, column 1 (train_row): found '\"40', expected a row of iris, from 1 to 150");
}

TEST_CASE("read_split refuses an empty file, another header, and a file that is no text") {
  check_split_refused("", "FILE: the file is empty, expected the header train_row");
  check_split_refused("rows\n1\n2\n", "FILE line 1: found 'rows', expected the header train_row");
  check_split_refused(with_line(split_text(), 1, ""), "FILE line 1: found '135', expected the header train_row");
  check_split_refused(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16),
                      "FILE line 1: found '?PNG', expected the header train_row");
}

TEST_CASE("read_split refuses what it cannot open or read") {
  expect_unreadable_refused([](const std::string& path) { read_split(path, iris()); });
}

TEST_CASE("take_rows takes rows of iris in the order asked for, a row twice if asked twice") {
  const Dataset set = take_rows(iris(), {150, 1, 51, 1});
  CHECK(set.rows == std::vector<int>{150, 1, 51, 1});
  check_rows_of_iris(set);
}

TEST_CASE("take_rows refuses a row that iris does not have") {
  for (const int row : {0, -1, 151}) {
    CHECK_THROWS_AS(take_rows(iris(), {1, row}), std::invalid_argument);
  }
}
