#include "src/report/csv_files.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "src/io/csv.h"
#include "src/io/text.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr std::size_t most_history_bytes = 200000000;

std::vector<std::string> predictions_header() {
  std::vector<std::string> header{"row"};
  header.insert(header.end(), iris_species_names, iris_species_names + iris_classes);
  header.insert(header.end(), {"predicted", "true"});
  return header;
}

bool is_weight(const std::string& name) {
  try {
    return array_name(name).what == "weight";
  } catch (const std::invalid_argument&) {
    return false;
  }
}

std::size_t species_at(const CsvTable& table, int row, int col) {
  const std::string& name = table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
  for (std::size_t k = 0; k < iris_classes; ++k) {
    if (name == iris_species_names[k]) return k;
  }
  fail_at_field(table, row, col, "setosa, versicolor or virginica");
}

}  // namespace

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

History read_history(const std::string& path) {
  const CsvTable table = read_csv(path, {}, most_history_bytes);
  if (!table.last_line_ends) {
    throw std::runtime_error(formatted("%s line %zu: found the end of the file, expected that of the line: it was cut",
                                       path.c_str(), table.rows.size() + 1));
  }
  const std::vector<std::string>& header = table.header;
  const bool of_a_history = header.size() > 2 && header[0] == "epoch" && header[1] == "loss" &&
                            std::all_of(header.begin() + 2, header.end(), is_weight);
  if (!of_a_history) {
    throw std::runtime_error(path + " line 1: found " + quoted(joined(header, ",")) +
                             ", expected the header epoch,loss,fc1_weight,… of a history");
  }
  if (table.rows.empty()) throw std::runtime_error(path + ": there is no epoch below the header, expected one or more");

  History history{{header.begin() + 2, header.end()}, {}, {}};
  for (std::size_t epoch = 0; epoch < table.rows.size(); ++epoch) {
    std::vector<double> numbers;
    for (std::size_t col = 0; col < header.size(); ++col) {
      numbers.push_back(0);
      const bool in_order = col != 0 || table.rows[epoch][0] == std::to_string(epoch + 1);
      if (!in_order || !read_number(table.rows[epoch][col], numbers[col]) || !std::isfinite(numbers[col]) ||
          numbers[col] < 0) {
        fail_at_field(table, static_cast<int>(epoch), static_cast<int>(col),
                      col == 0 ? formatted("epoch %zu", epoch + 1) : "a number from 0 up");
      }
    }
    history.loss.push_back(numbers[1]);
    history.mean_abs_grad.emplace_back(numbers.begin() + 2, numbers.end());
  }
  return history;
}

std::string predictions_csv(const Dataset& data, const Matrix& o) {
  check_shape("predictions_csv", "y", data.y, "o", o, data.y.rows, data.y.cols);
  std::string text = joined(predictions_header(), ",") + "\n";
  for (int i = 0; i < o.rows; ++i) {
    text += formatted("%d", data.rows[static_cast<std::size_t>(i)]);
    for (int j = 0; j < o.cols; ++j) text += formatted(",%.9g", static_cast<double>(o(i, j)));
    text +=
        formatted(",%s,%s\n", iris_species_names[largest_column(o, i)], iris_species_names[largest_column(data.y, i)]);
  }
  return text;
}

Confusion read_predictions(const std::string& path) {
  const CsvTable table = read_csv(path, predictions_header());
  Confusion confusion;
  for (int i = 0; i < static_cast<int>(table.rows.size()); ++i) {
    ++confusion.count[species_at(table, i, iris_classes + 1)][species_at(table, i, iris_classes + 2)];
  }
  return confusion;
}

}  // namespace handgrad
