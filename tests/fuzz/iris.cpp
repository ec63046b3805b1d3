#include "src/data/iris.h"

#include <cstddef>
#include <cstdio>

#include "tests/fuzz/judge.h"
#include "tests/fuzz/targets.h"

namespace handgrad {

void fuzz_iris(const std::string& text) {
  Iris iris;
  if (!reads(text, [&](const std::string& path) { iris = read_iris(path); })) return;

  // Read a second time, in another way: the words between commas, quotes and line ends, behind five of the header.
  const std::vector<std::string> words = words_of(text, ",\"\r\n");
  require(words.size() == 5 * (iris_rows + 1), "an accepted iris does not have 5 words in each of 151 lines");
  for (int i = 0; i < iris_rows; ++i) {
    const std::string* row = &words[5 * static_cast<std::size_t>(i + 1)];
    for (int j = 0; j < iris_features; ++j) {
      double length = 0;
      int read = 0;
      std::sscanf(row[j].c_str(), "%lf%n", &length, &read);
      require(static_cast<std::size_t>(read) == row[j].size() && iris.x(i, j) == static_cast<Real>(length) &&
                  length > 0 && length < 100,
              "read " + std::to_string(iris.x(i, j)) + " where there is " + row[j]);
    }
    const int species = iris.species[static_cast<std::size_t>(i)];
    require(row[4] == iris_species_names[species], "read " + std::to_string(species) + " where there is " + row[4]);
  }
}

}  // namespace handgrad
