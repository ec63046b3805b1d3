#include "src/report/csv_files.h"

#include <cstddef>

#include "src/io/text.h"
#include "src/report/confusion.h"

namespace handgrad {

std::string history_csv(const History& history) {
  std::string text = "epoch,loss";
  for (const std::string& weight : history.weights) text += "," + weight;
  text += "\n";
  for (std::size_t epoch = 0; epoch < history.loss.size(); ++epoch) {
    text += formatted("%zu,%.9g", epoch + 1, history.loss[epoch]);
    for (const double grad : history.mean_abs_grad[epoch]) text += formatted(",%.9g", grad);
    text += "\n";
  }
  return text;
}

std::string predictions_csv(const Dataset& data, const Matrix& o) {
  check_shape("predictions_csv", "y", data.y, "o", o, data.y.rows, data.y.cols);
  std::string text = "row";
  for (const char* species : iris_species_names) text += formatted(",%s", species);
  text += ",predicted,true\n";
  for (int i = 0; i < o.rows; ++i) {
    text += formatted("%d", data.rows[static_cast<std::size_t>(i)]);
    for (int j = 0; j < o.cols; ++j) text += formatted(",%.9g", static_cast<double>(o(i, j)));
    text +=
        formatted(",%s,%s\n", iris_species_names[largest_column(o, i)], iris_species_names[largest_column(data.y, i)]);
  }
  return text;
}

}  // namespace handgrad
