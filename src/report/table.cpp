#include "src/report/table.h"

#include "src/io/text.h"
#include "src/report/markup.h"

namespace handgrad {

std::string table_row(const std::vector<std::string>& cells, std::size_t first, std::size_t others) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + padded(cell, &cell == &cells.front() ? first : others) + "|";
  return row + "\n";
}

std::string table_head(const std::vector<std::string>& cells, std::size_t first, std::size_t others) {
  return table_row(cells, first, others) + table_row(std::vector<std::string>(cells.size(), "---"), first, others);
}

std::string html_table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  const auto row_of = [](const std::vector<std::string>& cells, const std::string& tag) {
    std::string html = "<tr>";
    for (const std::string& cell : cells) {
      const std::string own = &cell == &cells.front() ? "th" : tag;
      html += "<" + own + ">" + escaped(cell) + "</" + own + ">";
    }
    return html + "</tr>\n";
  };
  std::string html = "<div class=\"wide\"><table>\n" + row_of(head, "th");
  for (const std::vector<std::string>& row : rows) html += row_of(row, "td");
  return html + "</table></div>\n";
}

}  // namespace handgrad
