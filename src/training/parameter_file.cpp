#include "src/training/parameter_file.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "src/io/file.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

std::string title_line(const std::string& name, const Matrix& value) {
  return formatted("%s %d %d", name.c_str(), value.rows, value.cols);
}

// Reads a file line by line and knows where it is when something is wrong.
struct LineReader {
  std::string path;
  std::istringstream text;
  int number = 0;

  // The next line, without its end. At the end of the file it fails, with what should have stood there.
  std::string next(const std::string& expected) {
    std::string line;
    ++number;
    if (!std::getline(text, line)) fail("the end of the file", expected);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }

  [[noreturn]] void fail(const std::string& found, const std::string& expected) const {
    throw std::runtime_error(path + " line " + std::to_string(number) + ": found " + found + ", expected " + expected);
  }
};

// Cuts a line such as "0.25 -1e-05 3" into row i of the matrix.
void read_row(LineReader& reader, const std::string& name, int i, Matrix& matrix) {
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
    if (!plain || end == rest || !ends_well || !std::isfinite(matrix(i, j))) {
      reader.fail(quoted(line), row + formatted(": %d finite numbers with one blank between", matrix.cols));
    }
    rest = end + 1;
  }
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

void write_parameters(const std::string& path, const std::vector<Parameter>& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) text += array_text(parameter.name, *parameter.value);
  write_file(path, text);
}

void read_parameters(const std::string& path, const std::vector<Parameter>& parameters) {
  LineReader reader{path, std::istringstream(read_file(path))};
  std::vector<Matrix> values;
  for (const Parameter& parameter : parameters) {
    const std::string expected = title_line(parameter.name, *parameter.value);
    const std::string line = reader.next(expected);
    if (line != expected) reader.fail(quoted(line), expected + ", as this network has it");

    values.emplace_back(parameter.value->rows, parameter.value->cols);
    for (int i = 0; i < values.back().rows; ++i) {
      read_row(reader, parameter.name, i, values.back());
    }
  }
  std::string line;
  ++reader.number;
  if (std::getline(reader.text, line)) reader.fail(quoted(line), "the end of the file, as this network has no more");

  for (std::size_t k = 0; k < parameters.size(); ++k) *parameters[k].value = values[k];
}

}  // namespace handgrad
