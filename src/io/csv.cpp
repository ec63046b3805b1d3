#include "src/io/csv.h"

#include <cstddef>
#include <stdexcept>

#include "src/io/file.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

std::string without_quotes(const std::string& field) {
  const bool in_quotes = field.size() >= 2 && field.front() == '"' && field.back() == '"';
  return in_quotes ? field.substr(1, field.size() - 2) : field;
}

std::vector<std::string> fields_of(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> fields = split(line, ',');
  for (std::string& field : fields) field = without_quotes(field);
  return fields;
}

[[noreturn]] void fail_at_line(const std::string& path, std::size_t line, const std::string& what) {
  throw std::runtime_error(path + " line " + std::to_string(line) + ": " + what);
}

}  // namespace

CsvTable read_csv(const std::string& path, const std::vector<std::string>& header, std::size_t most_bytes) {
  std::string text = read_file(path, most_bytes);
  text.erase(0, byte_order_mark(text));
  const bool last_line_ends = !text.empty() && text.back() == '\n';
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) {
    throw std::runtime_error(path + ": the file is empty, expected " +
                             (header.empty() ? "a header" : "the header " + joined(header, ",")));
  }

  const std::vector<std::string> lines = split(text, '\n');
  const std::vector<std::string> found_header = fields_of(lines[0]);
  if (!header.empty() && found_header != header) {
    fail_at_line(path, 1,
                 "found " + quoted(joined(found_header, ",")) + ", expected the header " + joined(header, ","));
  }

  CsvTable table{path, found_header, {}, last_line_ends};
  for (std::size_t line = 1; line < lines.size(); ++line) {
    const std::vector<std::string> fields = fields_of(lines[line]);
    if (fields.size() != found_header.size()) {
      fail_at_line(path, line + 1,
                   "found " + std::to_string(fields.size()) + (fields.size() == 1 ? " field" : " fields") + " in " +
                       quoted(joined(fields, ",")) + ", expected " + std::to_string(found_header.size()) +
                       (header.empty() ? ", as in the header" : " (" + joined(header, ",") + ")"));
    }
    table.rows.push_back(fields);
  }
  return table;
}

void fail_at_field(const CsvTable& table, int row, int col, const std::string& expected) {
  const std::string& found = table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
  throw std::runtime_error(formatted("%s line %d, column %d (%s): found %s, expected %s", table.path.c_str(), row + 2,
                                     col + 1, table.header[static_cast<std::size_t>(col)].c_str(),
                                     quoted(found).c_str(), expected.c_str()));
}

}  // namespace handgrad
