#include "src/report/trace.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

#include "src/io/text.h"
#include "src/layers/log_loss.h"
#include "src/matrix/shape_text.h"
#include "src/report/confusion.h"
#include "src/training/batches.h"
#include "src/training/names.h"
#include "src/training/parameter_file.h"

namespace handgrad {

namespace {

constexpr int most_traced = 10, traced_ends = 3, numbers_in_a_line = 10, most_in_a_row = 20, digits = 5;

// How an array follows from those before it: that of a layer, KIND_WHAT, or its gradient; grad_KIND_in is the gradient
// of what goes into the layer. {x} goes in, {y} comes out, {l} is the layer, {past} what went into its number's fc.
struct Formula {
  const char* array;
  const char* text;
  const char* section;
};

constexpr Formula formulas[] = {
    {"fc_out", "{x} {l}_weight + {l}_bias", "section 3 (3)"},
    {"bn_mean", "1/n Σ {x}", "section 2 (3)"},
    {"bn_var", "1/n Σ ({x} - {l}_mean)²", "section 2 (3)"},
    {"bn_hat", "({x} - {l}_mean) / sqrt({l}_var + 0.001)", "section 2 (3)"},
    {"bn_out", "{l}_gamma ⊗ {l}_hat + {l}_beta", "section 2 (3)"},
    {"relu_out", "max({x}, 0)", "section 3 (3)"},
    {"leaky_out", "{x} where {x} > 0, else {slope} {x}", "section 5 (1)"},
    {"sigmoid_out", "1 / (1 + exp(-{x}))", "conclusion, 3"},
    {"plus_skip", "{past}", "section 3 (3)"},
    {"plus_out", "{x} + {l}_skip", "section 3 (3)"},
    {"concat_skip", "{past}", "section 4 (4)"},
    {"concat_out", "{l}_skip || {x}", "section 4 (4)"},
    {"softmax_out", "exp({x}) / Σ over the row of exp({x})", "section 3 (3)"},

    {"grad_softmax_in", "{y} ⊗ (grad_{y} - Σ over the row of grad_{y} ⊗ {y})", "section 2 (1)"},
    {"grad_fc_weight", "{x}ᵀ grad_{y}", "section 2 (1)"},
    {"grad_fc_bias", "Σ grad_{y}", "section 2 (1)"},
    {"grad_fc_in", "grad_{y} {l}_weightᵀ", "section 2 (1)"},
    {"grad_relu_in", "grad_{y} where {x} > 0, else 0", "section 2 (1)"},
    {"grad_bn_beta", "Σ grad_{y}", "section 2 (4)"},
    {"grad_bn_gamma", "Σ grad_{y} ⊗ {l}_hat", "section 2 (4)"},
    {"grad_bn_hat", "grad_{y} ⊗ {l}_gamma", "section 2 (4)"},
    {"grad_bn_var", "-1/2 Σ grad_{l}_hat ⊗ ({x} - {l}_mean) ({l}_var + 0.001)^(-3/2)", "section 2 (4)"},
    {"grad_bn_mean", "-Σ grad_{l}_hat / sqrt({l}_var + 0.001) + grad_{l}_var (-2/n) Σ ({x} - {l}_mean)",
     "section 2 (4)"},
    {"grad_bn_in", "grad_{l}_hat / sqrt({l}_var + 0.001) + grad_{l}_var 2/n ({x} - {l}_mean) + grad_{l}_mean 1/n",
     "section 2 (4)"},
    {"grad_plus_skip", "grad_{y}", "section 3 (4)"},
    {"grad_plus_in", "grad_{y}", "section 3 (4)"},
    {"grad_concat_skip", "the first columns of grad_{y}", "left out in section 4"},
    {"grad_concat_in", "the last columns of grad_{y}", "left out in section 4"},
    {"grad_leaky_in", "grad_{y} where {x} > 0, else {slope} grad_{y}", "section 5 (1)"},
    {"grad_sigmoid_in", "grad_{y} ⊗ {y} ⊗ (1 - {y})", "left out in the conclusion, 3"},
};

// A layer, between what goes into it and what comes out.
struct Layer {
  ArrayName name;
  const Output* out;
  std::vector<Parameter> parameters;  // but those that stand within, and moving statistics, which a batch does not use
  std::string in;                     // the output before it, or x
  std::string past;                   // what went into the fully connected layer of the same number
  std::string skip;                   // of that layer: plus2_skip, if what goes into it also goes past it
  int number;                         // that of the last fully connected layer at the softmax, which has none
};

std::vector<Layer> layers_of(const std::vector<Output>& outputs, const std::vector<Parameter>& parameters) {
  std::vector<Layer> layers;
  auto parameter = parameters.begin();  // in the order of the outputs
  std::string in = "x", past = "x";
  std::size_t fc = 0;  // the last fully connected layer
  int number = 0;
  for (const Output& output : outputs) {
    const ArrayName name = array_name(output.name);
    if (name.kind == "fc") {
      past = in;
      fc = layers.size();
    }
    number = std::max(number, name.number);
    layers.push_back({name, &output, {}, in, past, "", number});
    in = output.name;
    for (const Output& part : output.within) {
      if (array_name(part.name).what == "skip") layers[fc].skip = part.name;
    }
    for (; parameter != parameters.end() && array_name(parameter->name).layer() == name.layer(); ++parameter) {
      const bool within = std::any_of(output.within.begin(), output.within.end(),
                                      [&](const Output& part) { return part.name == parameter->name; });
      const bool moves = array_name(parameter->name).what.rfind("moving", 0) == 0;
      if (!within && !moves) layers.back().parameters.push_back(*parameter);
    }
  }
  return layers;
}

std::string filled(const char* formula, const Layer& layer) {
  std::string text = replaced(replaced(formula, "{x}", layer.in), "{y}", layer.out->name);
  text = replaced(replaced(text, "{l}", layer.name.layer()), "{past}", layer.past);
  return replaced(text, "{slope}", formatted("%g", static_cast<double>(layer.out->slope)));
}

// An array with its formula, or none for what is given: x, y, a parameter.
struct Array {
  std::string name;
  const Matrix* value;
  std::string formula;
  bool has_flowers;  // a row a flower, if it has as many
  double terms = 0;  // the largest of what is summed, where the sum may be 0 but for rounding
};

double largest_in(const Matrix& value, int from, int to) {
  double largest = 0;
  for (int i = from; i < to; ++i) {
    for (int j = 0; j < value.cols; ++j) largest = std::max(largest, std::abs(static_cast<double>(value(i, j))));
  }
  return largest;
}

// An array of a layer or its gradient; without a formula for a layer of one's own that has none above.
Array array_of(const Layer& layer, const std::string& prefix, const std::string& what, const std::string& name,
               const Matrix* value, bool has_flowers, const std::string& skip = "") {
  const std::string key = prefix + (layer.out->slope != 0 ? "leaky" : layer.name.kind) + "_" + what;
  for (const Formula& formula : formulas) {
    if (key != formula.array) continue;
    // The sum where two ways meet is an equation of its own.
    const std::string source = skip.empty()             ? formula.section
                               : contains(skip, "plus") ? "section 3 (4)"
                                                        : "left out in section 4";
    const std::string sum = skip.empty() ? "" : " + grad_" + skip;
    return {prefix + name, value, filled(formula.text, layer) + sum + " — " + source, has_flowers};
  }
  return {prefix + name, value, "", has_flowers};
}

// Of the softmax's grad_o ⊗ o, in the flower's row.
double largest_term(const Matrix& o, const Matrix& grad_o, int flower) {
  double largest = 0;
  for (int k = 0; k < o.cols; ++k) {
    largest = std::max(largest, std::abs(static_cast<double>(grad_o(flower, k)) * static_cast<double>(o(flower, k))));
  }
  return largest;
}

// With so many decimals that the largest number has `digits` digits; where that is far from 1, as multiples of a power
// of ten, which `unit` then names. Of more than 20 rows or columns the first ten are shown.
std::string numbers_text(const Matrix& value, int from, int to, double largest, std::string& unit) {
  const int decade = largest == 0 ? digits - 1 : static_cast<int>(std::floor(std::log10(largest)));
  unit = decade < -2 || decade >= digits ? formatted(" (× 1e%d)", decade) : "";
  const double scale = unit.empty() ? 1 : std::pow(10.0, decade);
  const int decimals = digits - 1 - (unit.empty() ? decade : 0);
  const int last_row = to - from > most_in_a_row ? from + numbers_in_a_line : to;
  const int last_col = value.cols > most_in_a_row ? numbers_in_a_line : value.cols;
  std::string text;
  for (int i = from; i < last_row; ++i) {
    for (int j = 0; j < last_col; ++j) {
      if (j > 0 && j % numbers_in_a_line == 0) text += "\n";
      const double number = static_cast<double>(value(i, j)) / scale;
      const std::string shown = formatted("%.*f", decimals, number);
      const bool is_zero = shown.find_first_of("123456789") == std::string::npos;
      const std::size_t sign = is_zero && shown[0] == '-' ? 1 : 0;
      text += formatted(" %9s", number == 0 ? "0" : shown.c_str() + sign);
    }
    text += last_col < value.cols ? " …\n" : "\n";
  }
  return text + (last_row < to ? "         …\n" : "");
}

// Writes array after array, for the file and for a person.
struct Writer {
  Trace trace;
  int flower, batch_size;  // which row of how many
  int layers;
  const char* left_out = "…\n";

  void note(const std::string& text) {
    trace.file += "# " + text + "\n";
    trace.shown += text + "\n";
  }

  void write(const Array& array, int number) {
    if (array.value == nullptr) return;
    const Matrix& value = *array.value;
    if (!array.formula.empty()) trace.file += "# = " + array.formula + "\n";
    trace.file += array_text(array.name, value);

    const bool shown = layers <= most_traced || number <= traced_ends || number > layers - traced_ends;
    if (!shown) {
      if (trace.shown.compare(trace.shown.size() - std::strlen(left_out), std::string::npos, left_out) != 0)
        trace.shown += left_out;
      return;
    }
    const bool one_row = array.has_flowers && value.rows == batch_size;
    std::string unit;
    const int from = one_row ? flower : 0, to = one_row ? flower + 1 : value.rows;
    const std::string numbers = numbers_text(value, from, to, std::max(largest_in(value, from, to), array.terms), unit);
    trace.shown += array.name + " " + shape_text(value.rows, value.cols) +
                   (array.formula.empty() ? "" : " = " + array.formula) + unit + "\n" + numbers;
  }
};

// Which row of a batch of the training flowers the row of iris is. A test flower takes the place of the first in batch
// 1, and so does one that no batch holds because the last is not full.
int batch_with(const Split& split, int row, int batch_size, Matrix& x, Matrix& y, std::vector<int>& rows,
               int& instead_of) {
  const auto place = [row](const Dataset& data) {
    return static_cast<int>(std::find(data.rows.begin(), data.rows.end(), row) - data.rows.begin());
  };
  const int in_training = place(split.train), batches = batches_per_epoch(split.train.x.rows, batch_size);
  const bool in_a_batch = in_training < batches * batch_size;
  const int batch = in_a_batch ? in_training / batch_size : 0;
  take_batch(split.train, batch, batch_size, x, y);
  rows.assign(split.train.rows.begin() + batch * batch_size, split.train.rows.begin() + (batch + 1) * batch_size);
  instead_of = in_a_batch ? row : rows[0];
  if (in_a_batch) return in_training % batch_size;

  const bool in_rest = in_training < split.train.x.rows;
  const Dataset& from = in_rest ? split.train : split.test;
  const int at = in_rest ? in_training : place(split.test);
  std::copy(from.x.row(at), from.x.row(at + 1), x.row(0));
  std::copy(from.y.row(at), from.y.row(at + 1), y.row(0));
  rows[0] = row;
  return 0;
}

}  // namespace

Trace trace_of(Network& network, const Loss& loss, const Split& split, int row, int batch_size,
               const std::string& title, const std::string& path) {
  Matrix x, y, grad_o;
  std::vector<int> rows;
  int instead_of = row;
  const int flower = batch_with(split, row, batch_size, x, y, rows, instead_of);
  const std::vector<Parameter> parameters = network.parameters();
  std::vector<Matrix> before;
  for (const Parameter& parameter : parameters) before.push_back(*parameter.value);
  const Matrix& o = network.forward(x, Mode::training);
  const Matrix loss_value(1, 1, loss.forward(o, y));
  loss.backward(o, y, grad_o);
  const bool wanted_grad_x = network.wants_grad_x;
  network.wants_grad_x = true;  // a training before may have switched it off
  network.backward(grad_o);
  network.wants_grad_x = wanted_grad_x;
  for (std::size_t k = 0; k < parameters.size(); ++k) *parameters[k].value = before[k];  // moving statistics

  const std::vector<Output> outputs = network.outputs();
  const std::vector<Layer> layers = layers_of(outputs, parameters);
  const std::string& last = outputs.back().name;
  Writer writer{{}, flower, batch_size, layers.back().number};
  std::string batch;
  for (const int flower_row : rows) batch += formatted(" %d", flower_row);
  writer.note(
      formatted("row %d of iris, %s, in %s", row, iris_species_names[largest_column(y, flower)], title.c_str()));
  writer.note(formatted("row %d of a batch of n = %d, rows of iris:%s", flower + 1, batch_size, batch.c_str()));
  if (rows[static_cast<std::size_t>(flower)] != instead_of) {
    writer.note(formatted("(in training it is in no batch: here it stands in place of row %d)", instead_of));
  }
  const bool normalized = std::any_of(layers.begin(), layers.end(), [](const Layer& l) { return l.name.kind == "bn"; });
  if (normalized)
    writer.note("in training mode: batch norm by this batch, where a prediction has the moving statistics");
  writer.trace.shown += formatted(
      "where an array has a row a flower, this flower's; 5 digits of the largest number (to calculate with all digits "
      "and rows: %s)\n",
      path.c_str());

  writer.note("forward");
  writer.write({"x", &x, "", true}, 0);
  for (const Layer& layer : layers) {
    for (const Parameter& p : layer.parameters) writer.write({p.name, p.value, "", false}, layer.number);
    for (const Output& part : layer.out->within) {
      writer.write(array_of(layer, "", array_name(part.name).what, part.name, part.value, true), layer.number);
    }
    writer.write(array_of(layer, "", "out", layer.out->name, layer.out->value, true), layer.number);
  }
  const bool log_loss = loss.forward == log_loss_forward;
  writer.write({"y", &y, "", true}, writer.layers);
  writer.write({"loss", &loss_value,
                log_loss ? "-1/(3n) Σ y ⊗ log(" + last + " + 1e-8) — section 1 (4)"
                         : "1/(3n) Σ (" + last + " - y)² — conclusion, 1",
                false},
               writer.layers);

  writer.note("backward");
  writer.write(
      {"grad_" + last, &grad_o,
       log_loss ? "-1/(3n) y / (" + last + " + 1e-8) — section 2 (1)" : "2/(3n) (" + last + " - y) — conclusion, 1",
       true},
      writer.layers);
  for (std::size_t k = layers.size(); k-- > 0;) {
    const Layer& layer = layers[k];
    const Matrix* const grad_y = k + 1 == layers.size() ? &grad_o : layer.out->grad;
    for (const Parameter& p : layer.parameters) {
      Array grad = array_of(layer, "grad_", array_name(p.name).what, p.name, p.grad, false);
      if (array_name(p.name).what == "bias" && grad_y != nullptr) grad.terms = largest_in(*grad_y, 0, grad_y->rows);
      writer.write(grad, layer.number);
    }
    for (auto part = layer.out->within.rbegin(); part != layer.out->within.rend(); ++part) {
      writer.write(array_of(layer, "grad_", array_name(part->name).what, part->name, part->grad, true), layer.number);
    }
    const Matrix* const grad_x = k == 0 ? network.grad_x() : layers[k - 1].out->grad;
    Array grad = array_of(layer, "grad_", "in", layer.in, grad_x, true, layer.skip);
    if (layer.name.kind == "softmax") grad.terms = largest_term(o, grad_o, flower);
    writer.write(grad, k == 0 ? 0 : layers[k - 1].number);
  }
  return writer.trace;
}

}  // namespace handgrad
