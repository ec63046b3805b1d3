#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handgrad {

// A CSV file of the simple kind that this project reads: a header line, then lines with as many fields, separated by
// commas. Fields may be quoted, without commas inside; lines may end in CRLF; a byte-order mark is skipped.
struct CsvTable {
  std::string path;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // rows[0] is line 2 of the file
  bool last_line_ends = true;                  // else the file may have been cut within its last field
};

// Far above the data's size. Split into fields, a file takes up to a hundred times its size in memory.
constexpr std::size_t most_csv_bytes = 1000000;

// Reads `path` of at most `most_bytes`, whose header must be `header`, or any if that is empty. Throws
// std::runtime_error with one line that names file, line, what was found and what was expected: an unreadable, too long
// or empty file, another header, a wrong number of fields.
CsvTable read_csv(const std::string& path, const std::vector<std::string>& header,
                  std::size_t most_bytes = most_csv_bytes);

// Throws std::runtime_error about one field:
//   data/iris.csv line 3, column 2 (Sepal.Width): found 'wide', expected a length in cm, such as 5.1
[[noreturn]] void fail_at_field(const CsvTable& table, int row, int col, const std::string& expected);

}  // namespace handgrad
