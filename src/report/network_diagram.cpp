#include "src/report/network_diagram.h"

#include <algorithm>
#include <cstddef>

#include "src/io/text.h"
#include "src/matrix/shape_text.h"
#include "src/report/markup.h"
#include "src/report/picture.h"
#include "src/training/names.h"

namespace handgrad {

namespace {

constexpr double box_width = 116, box_height = 36, column_step = 192, row_step = 76;
constexpr std::size_t most_layers = 8, first_layers = 3, last_layers = 2;

struct Box {
  std::string name;        // fc1
  std::string kind;        // fc
  std::string parameters;  // 4×10, 1×10
  std::string shape;       // of what leaves it: 20×10
};

// A layer's boxes, or in place of many layers a line of text.
struct Row {
  std::vector<Box> boxes;
  std::string instead;
};

bool joins_two_ways(const Box& box) {
  return box.kind == "plus" || box.kind == "concat";
}

std::vector<Row> rows_of(const Matrix& x, const std::vector<Output>& outputs,
                         const std::vector<Parameter>& parameters) {
  std::vector<Row> rows{{{{"x", "x", "", shape_text(x.rows, x.cols)}}, ""}};
  auto parameter = parameters.begin();  // in the order of the outputs
  for (const Output& output : outputs) {
    const ArrayName name = array_name(output.name);
    Box box{name.layer(), name.kind, "", shape_text(output.value->rows, output.value->cols)};
    for (; parameter != parameters.end() && array_name(parameter->name).layer() == box.name; ++parameter) {
      if (parameter->grad == nullptr) continue;
      box.parameters +=
          (box.parameters.empty() ? "" : ", ") + shape_text(parameter->value->rows, parameter->value->cols);
    }
    if (box.kind == "fc") rows.push_back({});
    rows.back().boxes.push_back(box);
  }
  return rows;
}

// With one row in place of those in the middle, if there are many.
std::vector<Row> shortened(const std::vector<Row>& rows) {
  if (rows.size() <= 1 + most_layers) return rows;
  std::vector<Row> shown(rows.begin(), rows.begin() + 1 + first_layers);
  const Row &from = rows[1 + first_layers], &to = rows[rows.size() - last_layers - 1];
  shown.push_back({{to.boxes.back()},
                   formatted("… %zu more layers, %s to %s …", rows.size() - 1 - first_layers - last_layers,
                             from.boxes[0].name.c_str(), to.boxes[0].name.c_str())});
  shown.insert(shown.end(), rows.end() - last_layers, rows.end());
  return shown;
}

double middle(std::size_t column) {
  return plot_left + column_step * static_cast<double>(column) + box_width / 2;
}

std::string text_at(double x, double y, const char* anchor, const std::string& text) {
  return formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(text).c_str());
}

std::string line(const std::string& way, bool dashed = false) {
  return "<path class=\"arrow\" stroke=\"#555\"" + std::string(dashed ? " stroke-dasharray=\"4 4\"" : "") + " d=\"" +
         way + "\"/>\n";
}

std::string head_down(double x, double y) {
  return formatted("<polygon fill=\"#555\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>\n", x, y, x - 5, y - 8, x + 5,
                   y - 8);
}

std::string arrow_right(double x, double y, double length, const std::string& shape) {
  const double end = x + length;
  return line(formatted("M%.1f %.1fH%.1f", x, y, end - 4)) +
         formatted("<polygon fill=\"#555\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>\n", end, y, end - 8, y - 5,
                   end - 8, y + 5) +
         text_at(x + length / 2 - 3, y - 6, "middle", shape);
}

std::string drawn(const Box& box, std::size_t column, double y) {
  const double x = middle(column);
  const char* fill = box.parameters.empty() ? "#f2f2f2" : "#dce8f8";
  std::string svg =
      formatted("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\" fill=\"%s\" stroke=\"#555\"/>\n",
                x - box_width / 2, y, box_width, box_height, fill);
  if (box.parameters.empty()) return svg + text_at(x, y + 22, "middle", box.name);
  return svg + text_at(x, y + 15, "middle", box.name) + text_at(x, y + 30, "middle", box.parameters);
}

// From a row's end down to the next row: into its first box and, where that has one, into the box that joins two ways.
std::string way_down(const Row& row, const Row& next, double y) {
  const std::string& shape = row.boxes.back().shape;
  const double from_y = y + box_height, next_y = y + row_step, turn = next_y - 18;
  const bool from_text = !row.instead.empty(), to_text = !next.instead.empty();
  const auto joining = std::find_if(next.boxes.begin(), next.boxes.end(), joins_two_ways);
  const bool skips = joining != next.boxes.end() && !to_text;
  const std::size_t end = from_text ? 0 : row.boxes.size() - 1;
  const std::size_t column = skips ? static_cast<std::size_t>(joining - next.boxes.begin()) : end;
  const double x = middle(column);

  if (to_text)
    return line(formatted("M%.1f %.1fV%.1f", x, from_y, next_y), true) + text_at(x + 8, turn, "start", shape);
  std::string svg =
      column == end || from_text
          ? line(formatted("M%.1f %.1fV%.1f", x, from_y, turn + 1), from_text)
          : line(formatted("M%.1f %.1fH%.1fV%.1f", middle(end) + box_width / 2, y + box_height / 2, x, turn + 1));
  svg += line(formatted("M%.1f %.1fH%.1fV%.1f", x, turn, middle(0), next_y - 4)) + head_down(middle(0), next_y) +
         text_at(middle(0) + 8, turn - 5, "start", shape);
  if (!skips) return svg;
  return svg + line(formatted("M%.1f %.1fV%.1f", x, turn, next_y - 4)) + head_down(x, next_y) +
         text_at(x + 8, turn - 5, "start", shape);
}

}  // namespace

std::string network_diagram_svg(const Matrix& x, const std::vector<Output>& outputs,
                                const std::vector<Parameter>& parameters, const std::string& title,
                                const std::string& subtitle) {
  const std::vector<Row> rows = shortened(rows_of(x, outputs, parameters));
  std::string svg = picture_head(plot_top + row_step * static_cast<double>(rows.size()), plot_left, title, subtitle);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Row& row = rows[k];
    const double y = plot_top + row_step * static_cast<double>(k);
    if (k + 1 < rows.size()) svg += way_down(row, rows[k + 1], y);
    if (!row.instead.empty()) {
      svg += text_at(plot_left, y + 22, "start", row.instead);
      continue;
    }
    for (std::size_t column = 0; column < row.boxes.size(); ++column) {
      svg += drawn(row.boxes[column], column, y);
      if (column + 1 == row.boxes.size() && k + 1 < rows.size()) break;
      svg += arrow_right(middle(column) + box_width / 2, y + box_height / 2, column_step - box_width,
                         row.boxes[column].shape);
    }
  }
  return svg + "</svg>\n";
}

}  // namespace handgrad
