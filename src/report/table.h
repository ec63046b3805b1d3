#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handgrad {

// A row of a Markdown table whose columns stand below each other: the first cell is padded to `first` characters, the
// others to `others`.
std::string table_row(const std::vector<std::string>& cells, std::size_t first, std::size_t others);

// The two lines that a Markdown table begins with.
std::string table_head(const std::vector<std::string>& cells, std::size_t first, std::size_t others);

// The same table for a page, with its head; the first cell of each row is a heading too.
std::string html_table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

}  // namespace handgrad
