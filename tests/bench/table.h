#pragma once

#include <string>
#include <vector>

#include "src/io/text.h"

namespace handgrad {

// A Markdown table on the standard output: its header, then row after row. Every row is on the screen as soon as it is
// printed.
void print_header(const std::vector<std::string>& cells);
void print_row(const std::vector<std::string>& cells);

// 412 bytes, 7.3 kB, 81 MB.
std::string bytes_text(double bytes);

}  // namespace handgrad
