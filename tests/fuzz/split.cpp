#include "src/data/split.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>

#include "tests/fuzz/judge.h"
#include "tests/fuzz/targets.h"

namespace handgrad {

void fuzz_split(const std::string& text) {
  static const Iris iris = read_iris("data/iris.csv");
  Split split;
  if (!reads(text, [&](const std::string& path) { split = read_split(path, iris); })) return;

  const std::vector<std::string> words = words_of(text, "\"\r\n");
  require(words.size() == split_train_rows + 1 && split.train.rows.size() == split_train_rows,
          "an accepted split does not have 100 rows");
  for (std::size_t i = 0; i < split_train_rows; ++i) {
    int row = 0, read = 0;
    std::sscanf(words[i + 1].c_str(), "%d%n", &row, &read);
    require(static_cast<std::size_t>(read) == words[i + 1].size() && split.train.rows[i] == row,
            "read " + std::to_string(split.train.rows[i]) + " where there is " + words[i + 1]);
  }

  // Every flower is in one of the two sets.
  std::vector<int> all = split.train.rows;
  all.insert(all.end(), split.test.rows.begin(), split.test.rows.end());
  std::sort(all.begin(), all.end());
  require(all.size() == iris_rows && std::adjacent_find(all.begin(), all.end()) == all.end() && all.front() == 1 &&
              all.back() == iris_rows,
          "the two sets are not all flowers, each once");
}

}  // namespace handgrad
