#include "tests/bench/table.h"

#include <cstdio>

namespace handgrad {

void print_header(const std::vector<std::string>& cells) {
  std::printf("\n");
  print_row(cells);
  print_row(std::vector<std::string>(cells.size(), "---"));
}

void print_row(const std::vector<std::string>& cells) {
  std::printf("| %s |\n", joined(cells, " | ").c_str());
  std::fflush(stdout);
}

std::string bytes_text(double bytes) {
  if (bytes < 1e3) return formatted("%.0f bytes", bytes);
  if (bytes < 1e6) return formatted("%.3g kB", bytes / 1e3);
  return formatted(bytes < 1e9 ? "%.3g MB" : "%.4g MB", bytes / 1e6);
}

}  // namespace handgrad
