#include "src/training/parameter_file.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "src/io/file.h"
#include "src/io/text.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

std::string title_line(const std::string& name, const Matrix& value) {
  return formatted("%s %d %d", name.c_str(), value.rows, value.cols);
}

// The first line, which a file of an older time has not, and the last.
constexpr std::string_view format = "# handgrad parameters ";
constexpr std::string_view version = "1";
constexpr std::string_view end_line = "# end";

std::string first_line(const std::string& network) {
  return std::string(format) + std::string(version) + (network.empty() ? "" : " ") + network;
}

// Far more than numbers in any usual form need.
std::size_t most_bytes(const std::vector<Parameter>& parameters) {
  std::size_t bytes = 1000;
  for (const Parameter& parameter : parameters) {
    bytes += 100 + 40 * static_cast<std::size_t>(parameter.value->size());
  }
  return bytes;
}

// Reads a file line by line and knows where it is when something is wrong.
struct LineReader {
  std::string path;
  std::string text;
  std::size_t at;  // the next line begins here
  int number = 0;

  LineReader(const std::string& file, std::size_t most)
      : path(file), text(read_file(file, most)), at(byte_order_mark(text)) {}

  bool at_end() const { return at >= text.size(); }

  // The next line, without its end. At the end of the file it fails, with what should have stood there.
  std::string next(const std::string& expected) {
    ++number;
    if (at_end()) fail("the end of the file", expected);
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }

  [[noreturn]] void fail(const std::string& found, const std::string& expected, int column = 0) const {
    throw std::runtime_error(path + " line " + std::to_string(number) +
                             (column == 0 ? "" : ", number " + std::to_string(column)) + ": found " + found +
                             ", expected " + expected);
  }
};

// Cuts a line such as "0.25 -1e-05 3" into row i of the matrix.
void read_row(LineReader& reader, const std::string& name, int i, bool negative_too, Matrix& matrix) {
  const std::string row = formatted("row %d of %s", i + 1, name.c_str());
  const std::string line = reader.next(row);
  const char* rest = line.c_str();
  const char* const line_end = rest + line.size();
  for (int j = 0; j < matrix.cols; ++j) {
    char* end = nullptr;
    matrix(i, j) = static_cast<Real>(std::strtod(rest, &end));
    const bool last = j + 1 == matrix.cols;
    // strtod alone would also take "0x10", "nan" and leading blanks.
    const bool plain = std::strspn(rest, "0123456789.eE-+") == static_cast<std::size_t>(end - rest) && *rest != '+';
    // Not by the 0 behind the last number: the line may hold a 0 of its own.
    const bool ends_well = last ? end == line_end : *end == ' ';
    const bool in_range = std::isfinite(matrix(i, j)) && (negative_too || matrix(i, j) >= 0);
    if (!plain || end == rest || !ends_well || !in_range) {
      const std::string expected = row + formatted(": %d finite numbers%s with one blank between", matrix.cols,
                                                   negative_too ? "" : " from 0 on");
      constexpr std::size_t shown = 40;  // the beginning of a longer line does not say what is wrong in it
      if (line.size() <= shown) reader.fail(quoted(line), expected);
      const bool more = plain && in_range && last && *end == ' ';  // than there should be
      const char* const from = more ? end + 1 : rest;
      reader.fail(from == line_end ? "the end of the line" : quoted({from, std::find(from, line_end, ' ')}), expected,
                  more ? j + 2 : j + 1);
    }
    rest = end + 1;
  }
}

// The first line, if the file has one, which says that there is an end line too.
bool read_first_line(LineReader& reader, const std::string& network) {
  if (reader.text.compare(reader.at, format.size(), format) != 0) return false;
  const std::string line = reader.next("");
  const std::vector<std::string> words = split(line.substr(format.size()), ' ');
  if (words[0] != version || words.size() > 2) {
    reader.fail(quoted(line), quoted(first_line(network)) + ", the format that this program reads");
  }
  if (words.size() == 2 && !network.empty() && words[1] != network) {
    reader.fail("the parameters of " + quoted(words[1]), "those of " + network);
  }
  return true;
}

}  // namespace

std::string array_text(const std::string& name, const Matrix& value) {
  constexpr int max_digits = std::numeric_limits<Real>::max_digits10;
  std::string text = title_line(name, value) + "\n";
  for (int i = 0; i < value.rows; ++i) {
    for (int j = 0; j < value.cols; ++j) {
      text += formatted("%s%.*g", j == 0 ? "" : " ", max_digits, static_cast<double>(value(i, j)));
    }
    text += "\n";
  }
  return text;
}

void write_parameters(const std::string& path, const std::vector<Parameter>& parameters, const std::string& network) {
  std::string text = first_line(network) + "\n";
  for (const Parameter& parameter : parameters) text += array_text(parameter.name, *parameter.value);
  write_file(path, text + std::string(end_line) + "\n");
}

void read_parameters(const std::string& path, const std::vector<Parameter>& parameters, const std::string& network) {
  const std::size_t most = most_bytes(parameters);
  std::error_code unknown;  // then read_file says why
  const std::uintmax_t bytes = std::filesystem::file_size(path, unknown);
  if (!unknown && bytes > most) {
    throw std::runtime_error(
        formatted("%s: found %ju bytes, expected at most %zu, as this network has no more parameters", path.c_str(),
                  bytes, most));
  }

  LineReader reader(path, most);
  const bool has_end = read_first_line(reader, network);
  std::vector<Matrix> values;
  for (const Parameter& parameter : parameters) {
    const std::string expected = title_line(parameter.name, *parameter.value);
    const std::string line = reader.next(expected);
    if (line != expected) reader.fail(quoted(line), expected + ", as this network has it");

    values.emplace_back(parameter.value->rows, parameter.value->cols);
    const bool negative_too = array_name(parameter.name).what != "moving_var";
    for (int i = 0; i < values.back().rows; ++i) {
      read_row(reader, parameter.name, i, negative_too, values.back());
    }
  }
  if (has_end) {
    const std::string line = reader.next(std::string(end_line));
    if (line != end_line) reader.fail(quoted(line), std::string(end_line) + ", as this network has no more");
  } else if (reader.text.back() != '\n') {
    reader.fail("the end of the file", "the end of the line: the file was cut");
  }
  while (!reader.at_end()) {
    const std::string line = reader.next("");
    if (!line.empty()) reader.fail(quoted(line), "the end of the file, as this network has no more");
  }

  for (std::size_t k = 0; k < parameters.size(); ++k) *parameters[k].value = values[k];
}

}  // namespace handgrad
