#include "src/data/iris.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>

#include "src/io/csv.h"

namespace handgrad {

const char* const iris_feature_names[iris_features] = {"Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"};
const char* const iris_species_names[iris_classes] = {"setosa", "versicolor", "virginica"};

namespace {

// A length as iris.csv writes it: digits and at most a point, above 0 and below 100 cm. strtod alone would
// also take "nan", "inf", "0x5" and leading blanks.
bool parse_length(const std::string& field, Real& length) {
  if (field.empty() || field.size() > 16 || field.find_first_not_of("0123456789.") != std::string::npos) return false;
  char* end = nullptr;
  const double value = std::strtod(field.c_str(), &end);
  length = static_cast<Real>(value);
  return *end == '\0' && value > 0 && value < 100;
}

int species_number(const std::string& name) {
  for (int k = 0; k < iris_classes; ++k) {
    if (name == iris_species_names[k]) return k;
  }
  return -1;
}

}  // namespace

Iris read_iris(const std::string& path) {
  std::vector<std::string> header;
  for (const char* feature : iris_feature_names) header.emplace_back(feature);
  header.emplace_back("Species");
  const CsvTable table = read_csv(path, header);
  if (table.rows.size() != iris_rows) {
    throw std::runtime_error(path + ": found " + std::to_string(table.rows.size()) +
                             " flowers below the header, expected " + std::to_string(iris_rows));
  }

  Iris iris{Matrix(iris_rows, iris_features), {}};
  for (int i = 0; i < iris_rows; ++i) {
    const std::vector<std::string>& fields = table.rows[static_cast<std::size_t>(i)];
    for (int j = 0; j < iris_features; ++j) {
      if (!parse_length(fields[static_cast<std::size_t>(j)], iris.x(i, j))) {
        fail_at_field(table, i, j, "a length in cm between 0 and 100, such as 5.1");
      }
    }
    iris.species.push_back(species_number(fields[iris_features]));
    if (iris.species.back() < 0) fail_at_field(table, i, iris_features, "setosa, versicolor or virginica");
  }
  return iris;
}

}  // namespace handgrad
