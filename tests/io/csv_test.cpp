#include "src/io/csv.h"

#include <doctest/doctest.h>

#include "tests/io/damaged_file.h"

using namespace handgrad;

namespace {

using Rows = std::vector<std::vector<std::string>>;

const std::vector<std::string> header{"x", "y"};

void check_rows(const std::string& text, const Rows& rows) {
  CAPTURE(text);
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.csv";
  write_file(path, text);
  const CsvTable table = read_csv(path, header);
  CHECK(table.path == path);
  CHECK(table.header == header);
  CHECK(table.rows == rows);
}

void check_refused(const std::string& text, const std::string& message) {
  expect_refused(text, message, [](const std::string& path) { read_csv(path, header); });
}

}  // namespace

TEST_CASE("read_csv takes quotes or none, LF or CRLF, a byte-order mark, a missing or a second last newline") {
  const Rows rows{{"1", "2"}, {"3", "4"}};
  check_rows("x,y\n1,2\n3,4\n", rows);
  check_rows("x,y\n1,2\n3,4", rows);
  check_rows("x,y\n1,2\n3,4\n\n", rows);
  check_rows("x,y\r\n1,2\r\n3,4\r\n", rows);
  check_rows("\"x\",\"y\"\n\"1\",2\n3,\"4\"\n", rows);
  check_rows("\xEF\xBB\xBFx,y\n1,2\n3,4\n", rows);
  check_rows("\xEF\xBB\xBF\"x\",\"y\"\r\n1,2\r\n3,4", rows);
}

TEST_CASE("read_csv leaves fields as they are, empty ones, blanks and single quotes among them") {
  check_rows("x,y\n,\n 1 ,\"\"\n", {{"", ""}, {" 1 ", ""}});
  check_rows("x,y\n\",\"\n", {{"\"", "\""}});
}

TEST_CASE("read_csv takes a header without rows") {
  check_rows("x,y\n", {});
}

TEST_CASE("read_csv refuses an empty file") {
  for (const char* text : {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    check_refused(text, "FILE: the file is empty, expected the header x,y");
  }
}

TEST_CASE("read_csv refuses a file that is much longer than the data") {
  expect_refused(std::string(most_csv_bytes + 1, ','), "cannot read FILE: it is longer than 1000000 bytes",
                 [](const std::string& path) { read_csv(path, header); });
}

TEST_CASE("read_csv refuses another header") {
  check_refused("x,z\n1,2\n", "FILE line 1: found 'x,z', expected the header x,y");
  check_refused("X,y\n1,2\n", "FILE line 1: found 'X,y', expected the header x,y");
  check_refused("y,x\n1,2\n", "FILE line 1: found 'y,x', expected the header x,y");
  check_refused("x\n1,2\n", "FILE line 1: found 'x', expected the header x,y");
  check_refused("x,y,\n1,2\n", "FILE line 1: found 'x,y,', expected the header x,y");
  check_refused("1,2\n3,4\n", "FILE line 1: found '1,2', expected the header x,y");
  check_refused("\nx,y\n1,2\n", "FILE line 1: found '', expected the header x,y");
  check_refused("\"x,\"y\"\n1,2\n", "FILE line 1: found '\"x,y', expected the header x,y");
  check_refused("x;y\n1;2\n", "FILE line 1: found 'x;y', expected the header x,y");
}

TEST_CASE("read_csv refuses a line with too few or too many fields, and says which line") {
  check_refused("x,y\n1,2\n3\n", "FILE line 3: found 1 field in '3', expected 2 (x,y)");
  check_refused("x,y\n1,2,3\n", "FILE line 2: found 3 fields in '1,2,3', expected 2 (x,y)");
  check_refused("x,y\n1,2\n\n3,4\n", "FILE line 3: found 1 field in '', expected 2 (x,y)");
  check_refused("x,y\n1,2\n3,4,\n", "FILE line 3: found 3 fields in '3,4,', expected 2 (x,y)");
}

TEST_CASE("read_csv shows bytes that do not print as question marks") {
  check_refused(std::string("\0\0\0", 3), "FILE line 1: found '?\?\?', expected the header x,y");
  check_refused(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "FILE line 1: found '?PNG', expected the header x,y");
  check_refused(std::string("x,y\n1\0\x01\n", 8), "FILE line 2: found 1 field in '1?\?', expected 2 (x,y)");
}

TEST_CASE("read_csv refuses what it cannot open or read") {
  expect_unreadable_refused([](const std::string& path) { read_csv(path, header); });
}

TEST_CASE("fail_at_field names file, line, column, what was found and what was expected") {
  const CsvTable table{"a.csv", header, {{"1", "2"}, {"3", "four"}}};
  expect_message("a.csv line 3, column 2 (y): found 'four', expected a digit",
                 [&] { fail_at_field(table, 1, 1, "a digit"); });
  expect_message("a.csv line 2, column 1 (x): found '1', expected a word",
                 [&] { fail_at_field(table, 0, 0, "a word"); });
}
