#include "src/report/confusion.h"

#include <cstddef>

#include "src/io/text.h"

namespace handgrad {

int Confusion::total() const {
  int sum = 0;
  for (const auto& row : count) {
    for (const int c : row) sum += c;
  }
  return sum;
}

int Confusion::right() const {
  int sum = 0;
  for (std::size_t k = 0; k < count.size(); ++k) sum += count[k][k];
  return sum;
}

int largest_column(const Matrix& m, int i) {
  int largest = 0;
  for (int j = 1; j < m.cols; ++j) {
    if (m(i, j) > m(i, largest)) largest = j;
  }
  return largest;
}

Confusion confusion_table(const Matrix& o, const Matrix& y) {
  check_shape("confusion_table", "y", y, "o", o, y.rows, iris_classes);
  check_shape("confusion_table", "o", o, "y", y, o.rows, iris_classes);
  check_not_empty("confusion_table", "o", o);
  Confusion confusion;
  for (int i = 0; i < o.rows; ++i) {
    const std::size_t predicted = static_cast<std::size_t>(largest_column(o, i));
    const std::size_t truth = static_cast<std::size_t>(largest_column(y, i));
    ++confusion.count[predicted][truth];
  }
  return confusion;
}

std::string confusion_text(const Confusion& confusion) {
  std::string text = "confusion table (rows predicted, columns true;";
  for (int k = 0; k < iris_classes; ++k) text += formatted(" %d %s", k + 1, iris_species_names[k]);
  text += ")\n   ";
  for (int k = 0; k < iris_classes; ++k) text += formatted(" %2d", k + 1);
  text += "\n";
  for (std::size_t k = 0; k < confusion.count.size(); ++k) {
    text += formatted("  %zu", k + 1);
    for (const int c : confusion.count[k]) text += formatted(" %2d", c);
    text += "\n";
  }
  return text + formatted("accuracy = %d of %d (%.1f %%)\n", confusion.right(), confusion.total(),
                          100.0 * confusion.right() / confusion.total());
}

}  // namespace handgrad
