#include "src/data/iris.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/io/damaged_file.h"

using namespace handgrad;

namespace {

const std::string header = "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width,Species";
const std::string a_length = "a length in cm between 0 and 100, such as 5.1";

std::string iris_text() {
  return read_file("data/iris.csv");
}

// Row `row` (1, 2, … as in R) must hold these four lengths and this species.
void check_row(const Iris& iris, int row, const std::vector<Real>& lengths, int species) {
  CAPTURE(row);
  for (int j = 0; j < iris_features; ++j) CHECK(iris.x(row - 1, j) == lengths[static_cast<std::size_t>(j)]);
  CHECK(iris.species[static_cast<std::size_t>(row) - 1] == species);
}

void check_accepted(const std::string& text) {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/iris.csv";
  write_file(path, text);
  const Iris expected = read_iris("data/iris.csv");
  const Iris iris = read_iris(path);
  CHECK(iris.x.values == expected.x.values);
  CHECK(iris.species == expected.species);
}

void check_refused(const std::string& text, const std::string& message) {
  expect_refused(text, message, [](const std::string& path) { read_iris(path); });
}

// iris.csv with another line 3 (row 2 of iris).
void check_line_3_refused(const std::string& line, const std::string& message) {
  check_refused(with_line(iris_text(), 3, line + "\n"), message);
}

}  // namespace

TEST_CASE("iris.csv is R's iris: first and last row, and rows 35 and 38, where the UCI file differs") {
  const Iris iris = read_iris("data/iris.csv");
  CHECK(iris.x.rows == 150);
  CHECK(iris.x.cols == 4);
  CHECK(iris.species.size() == 150);
  check_row(iris, 1, {5.1f, 3.5f, 1.4f, 0.2f}, 0);
  check_row(iris, 35, {4.9f, 3.1f, 1.5f, 0.2f}, 0);
  check_row(iris, 38, {4.9f, 3.6f, 1.4f, 0.1f}, 0);
  check_row(iris, 51, {7.0f, 3.2f, 4.7f, 1.4f}, 1);
  check_row(iris, 150, {5.9f, 3.0f, 5.1f, 1.8f}, 2);
}

TEST_CASE("iris has R's column means, and 50 flowers of each species") {
  const Iris iris = read_iris("data/iris.csv");
  const double means[] = {5.843333, 3.057333, 3.758, 1.199333};
  for (int j = 0; j < iris_features; ++j) {
    double sum = 0;
    for (int i = 0; i < iris_rows; ++i) sum += static_cast<double>(iris.x(i, j));
    CAPTURE(j);
    CHECK(sum / iris_rows == doctest::Approx(means[j]).epsilon(1e-6));
  }
  for (int k = 0; k < iris_classes; ++k) CHECK(std::count(iris.species.begin(), iris.species.end(), k) == 50);
  CHECK(std::is_sorted(iris.species.begin(), iris.species.end()));
}

TEST_CASE("read_iris takes CRLF, a byte-order mark, no quotes, and no newline at the end") {
  const std::string text = iris_text();
  check_accepted(with_all(text, "\n", "\r\n"));
  check_accepted("\xEF\xBB\xBF" + text);
  check_accepted(with_all(text, "\"", ""));
  check_accepted(text.substr(0, text.size() - 1));
  check_accepted("\xEF\xBB\xBF" + with_all(with_all(text, "\"", ""), "\n", "\r\n"));
  check_accepted(with_line(text, 2, "\"5.1\",\"3.5\",\"1.4\",\"0.2\",\"setosa\"\n"));
  check_accepted(with_line(text, 3, "4.90,3.0,01.4,.2,setosa\n"));
}

TEST_CASE("read_iris refuses a length that is none, and says where it stands") {
  check_line_3_refused("4.9,wide,1.4,0.2,setosa",
                       "FILE line 3, column 2 (Sepal.Width): found 'wide', expected " + a_length);
  for (const char* found : {"NaN",   "nan", "inf",  "Inf",  "-inf",  "0x10", "-4.9",
                            "+4.9",  "",    " 4.9", "4.9 ", "4.9cm", "4..9", "4.9.1",
                            ".",     "4e0", "0",    "0.0",  "100",   "1000", "00000000000000004.9",
                            "1e999", "NA",  "four"}) {
    CAPTURE(found);
    check_line_3_refused(found + std::string(",3,1.4,0.2,setosa"), "FILE line 3, column 1 (Sepal.Length): found '" +
                                                                       std::string(found) + "', expected " + a_length);
  }
  const std::string nul(1, '\0');
  check_line_3_refused("4.9,3,1" + nul + ",0.2,setosa",
                       "FILE line 3, column 3 (Petal.Length): found '1?', expected " + a_length);
  check_refused(with_line(iris_text(), 151, "5.9,3,5.1,1;8,\"virginica\"\n"),
                "FILE line 151, column 4 (Petal.Width): found '1;8', expected " + a_length);
}

TEST_CASE("read_iris refuses a species that is none of the three") {
  for (const char* found : {"rose", "", "Setosa", "setosa ", "1", "virginic"}) {
    CAPTURE(found);
    check_line_3_refused(std::string("4.9,3,1.4,0.2,") + found, "FILE line 3, column 5 (Species): found '" +
                                                                    std::string(found) +
                                                                    "', expected setosa, versicolor or virginica");
  }
}

TEST_CASE("read_iris refuses a quote left open") {
  check_line_3_refused("4.9,3,1.4,0.2,\"setosa",
                       "FILE line 3, column 5 (Species): found '\"setosa', expected setosa, versicolor or virginica");
  check_line_3_refused("\"4.9,3,1.4,0.2,\"setosa\"",
                       "FILE line 3, column 1 (Sepal.Length): found '\"4.9', expected " + a_length);
}

TEST_CASE("read_iris refuses a missing or an extra column") {
  const std::string expected = ", expected 5 (" + header + ")";
  check_line_3_refused("4.9,3,1.4,setosa", "FILE line 3: found 4 fields in '4.9,3,1.4,setosa'" + expected);
  check_line_3_refused("4.9,3,1.4,0.2,setosa,1", "FILE line 3: found 6 fields in '4.9,3,1.4,0.2,setosa,1'" + expected);
  check_line_3_refused("4,9,3,1.4,0.2,setosa", "FILE line 3: found 6 fields in '4,9,3,1.4,0.2,setosa'" + expected);
  check_line_3_refused("", "FILE line 3: found 1 field in ''" + expected);

  std::string without_species = with_all(iris_text(), ",\"Species\"", "");
  for (const char* species : iris_species_names) {
    without_species = with_all(without_species, std::string(",\"") + species + "\"", "");
  }
  check_refused(without_species,
                "FILE line 1: found 'Sepal.Length,Sepal.Width,Petal.Length,Pe…', expected the header " + header);
}

TEST_CASE("read_iris refuses a file cut off in the middle of a line") {
  const std::string text = iris_text();
  const std::size_t last_line = text.rfind('\n', text.size() - 2) + 1;
  check_refused(text.substr(0, last_line + 9),
                "FILE line 151: found 3 fields in '5.9,3,5.1', expected 5 (" + header + ")");
  check_refused(text.substr(0, text.size() - 5),
                "FILE line 151, column 5 (Species): found '\"virgin', expected setosa, versicolor or virginica");
}

TEST_CASE("read_iris refuses a missing and an extra line") {
  const std::string text = iris_text();
  check_refused(with_line(text, 80, ""), "FILE: found 149 flowers below the header, expected 150");
  check_refused(text + "5.1,3.5,1.4,0.2,setosa\n", "FILE: found 151 flowers below the header, expected 150");
  check_refused(text + text.substr(text.find('\n') + 1), "FILE: found 300 flowers below the header, expected 150");
}

TEST_CASE("read_iris refuses an empty file, a header only, no header, and another header") {
  check_refused("", "FILE: the file is empty, expected the header " + header);
  check_refused(header + "\n", "FILE: found 0 flowers below the header, expected 150");
  check_refused(with_line(iris_text(), 1, ""),
                "FILE line 1: found '5.1,3.5,1.4,0.2,setosa', expected the header " + header);
  check_refused(with_line(iris_text(), 1, "a,b,c,d,e\n"),
                "FILE line 1: found 'a,b,c,d,e', expected the header " + header);
}

TEST_CASE("read_iris refuses a file that is no text") {
  check_refused(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16),
                "FILE line 1: found '?PNG', expected the header " + header);
  check_refused(std::string(64, '\0'),
                "FILE line 1: found '" + std::string(40, '?') + "…', expected the header " + header);
}

TEST_CASE("read_iris refuses what it cannot open or read") {
  expect_unreadable_refused([](const std::string& path) { read_iris(path); });
}
