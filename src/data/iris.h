#pragma once

#include <string>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

constexpr int iris_rows = 150;
constexpr int iris_features = 4;
constexpr int iris_classes = 3;
extern const char* const iris_feature_names[iris_features];
extern const char* const iris_species_names[iris_classes];

// R's iris: x is 150 × 4 in cm, raw, not standardised; species holds 0, 1 or 2 for each row.
struct Iris {
  Matrix x;
  std::vector<int> species;
};

// Reads iris as R's write.csv writes it: a header line, then 150 lines of four numbers and a species. Quotes may be
// absent, and lines may end in CRLF. Anything else throws std::runtime_error with one line that names file, line,
// column, what was found and what was expected.
Iris read_iris(const std::string& path);

}  // namespace handgrad
