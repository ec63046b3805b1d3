#include <cstddef>
#include <cstdlib>

#include "src/io/text.h"
#include "src/report/csv_files.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/targets.h"

namespace handgrad {

void fuzz_history(const std::string& text) {
  History history;
  if (!reads(text, [&](const std::string& path) { history = read_history(path); })) return;

  // What was read must be what stands there, word for word; a byte-order mark is none.
  const std::vector<std::string> found = words_of(text.substr(byte_order_mark(text)), ",\"\r\n");
  const std::vector<std::string> read = words_of(history_csv(history), ",\n");
  require(found.size() == read.size(), "an accepted file has more or fewer words than the history");
  for (std::size_t k = 0; k < read.size(); ++k) {
    char* end = nullptr;
    const double number = std::strtod(found[k].c_str(), &end), again = std::strtod(read[k].c_str(), nullptr);
    const bool same_number = *end == '\0' && number >= again * (1 - 1e-8) && number <= again * (1 + 1e-8);
    require(found[k] == read[k] || same_number, "read " + read[k] + " where there is " + found[k]);
  }
}

}  // namespace handgrad
