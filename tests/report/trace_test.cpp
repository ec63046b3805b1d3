#include "src/report/trace.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/network.h"
#include "src/io/text.h"
#include "src/layers/batch_norm.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/leaky_relu.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/sigmoid.h"
#include "src/layers/softmax.h"
#include "src/training/initialisation.h"
#include "src/training/names.h"
#include "src/training/train.h"

using namespace handgrad;

namespace {

const Split& split_of_the_lecture() {
  static const Split split = read_lecture_split();
  return split;
}

// The arrays of a trace, by their names.
std::map<std::string, Matrix> arrays_of(const std::string& file) {
  std::map<std::string, Matrix> arrays;
  std::istringstream lines(file);
  std::string line;
  while (std::getline(lines, line)) {
    if (line[0] == '#') continue;
    std::istringstream title(line);
    std::string name;
    int rows = 0, cols = 0;
    title >> name >> rows >> cols;
    CHECK(arrays.count(name) == 0);  // each array stands there once
    Matrix& array = arrays[name] = Matrix(rows, cols);
    for (Real& value : array.values) lines >> value;
    std::getline(lines, line);
  }
  return arrays;
}

// A network with weights between -0.5 and 0.5 and flowers in the batch that it is traced with, after two steps, so that
// biases and moving statistics are not where they began.
template <class Net>
Trace traced(Net& network, const Loss& loss = cross_entropy, int row = 1, int batch_size = 5) {
  int k = 0;
  for (const Parameter& parameter : network.parameters()) {
    for (Real& value : parameter.value->values) value = static_cast<Real>(0.5 * std::sin(1.7 * ++k));
    if (array_name(parameter.name).what == "gamma") parameter.value->fill(1);
    if (array_name(parameter.name).what == "moving_var") parameter.value->fill(1);
  }
  return trace_of(network, loss, split_of_the_lecture(), row, batch_size, "a network", "a.trace.txt");
}

// Whether every array is what its layer's functions make of those before it, to the last bit.
void check_by_layers(const Network& network, const Trace& trace) {
  std::map<std::string, Matrix> a = arrays_of(trace.file);
  const auto same = [&](const std::string& name, const Matrix& expected) {
    CAPTURE(name);
    REQUIRE(a.count(name) == 1);
    CHECK(a[name].rows == expected.rows);
    CHECK(a[name].values == expected.values);
  };
  std::string in = "x", into_fc = "x", skip;
  std::map<std::string, std::string> past;  // what stands beside the gradient of an output that goes two ways
  const std::vector<Output> outputs = network.outputs();
  for (const Output& output : outputs) {
    const ArrayName name = array_name(output.name);
    if (name.kind == "fc") into_fc = in;
    if (name.kind == "plus" || name.kind == "concat") past[into_fc] = name.layer() + "_skip";
    in = output.name;
  }
  in = "x";
  for (const Output& output : outputs) {
    const std::string out = output.name, layer = array_name(out).layer(), kind = array_name(out).kind;
    Matrix y, grad_x, grad_skip, grad_W, grad_b, mean, var, hat, grad_beta, grad_gamma, grad_hat, grad_var, grad_mean;
    if (kind == "fc") {
      const Matrix &W = a[layer + "_weight"], &b = a[layer + "_bias"];
      fully_connected_forward(a[in], W, b, y);
      fully_connected_backward(a[in], W, a["grad_" + out], grad_W, grad_b, grad_x);
      same("grad_" + layer + "_weight", grad_W);
      same("grad_" + layer + "_bias", grad_b);
      if (past.count(in) != 0) add(grad_x, a["grad_" + past[in]], grad_x);
    } else if (kind == "bn") {
      const Matrix &gamma = a[layer + "_gamma"], &beta = a[layer + "_beta"];
      batch_norm_forward(a[in], gamma, beta, mean, var, hat, y);
      batch_norm_backward(a[in], gamma, mean, var, hat, a["grad_" + out], grad_beta, grad_gamma, grad_hat, grad_var,
                          grad_mean, grad_x);
      same(layer + "_mean", mean);
      same(layer + "_var", var);
      same(layer + "_hat", hat);
      same("grad_" + layer + "_beta", grad_beta);
      same("grad_" + layer + "_gamma", grad_gamma);
      same("grad_" + layer + "_hat", grad_hat);
      same("grad_" + layer + "_var", grad_var);
      same("grad_" + layer + "_mean", grad_mean);
    } else if (kind == "relu" && output.slope != 0) {
      leaky_relu_forward(a[in], output.slope, y);
      leaky_relu_backward(a[in], output.slope, a["grad_" + out], grad_x);
    } else if (kind == "relu") {
      relu_forward(a[in], y);
      relu_backward(a[in], a["grad_" + out], grad_x);
    } else if (kind == "sigmoid") {
      sigmoid_forward(a[in], y);
      sigmoid_backward(a[out], a["grad_" + out], grad_x);
    } else if (kind == "plus") {
      residual_forward(a[in], a[layer + "_skip"], y);
      residual_backward(a["grad_" + out], grad_x, grad_skip);
      same("grad_" + layer + "_skip", grad_skip);
    } else if (kind == "concat") {
      concat_forward(a[layer + "_skip"], a[in], y);
      concat_backward(a[layer + "_skip"], a[in], a["grad_" + out], grad_skip, grad_x);
      same("grad_" + layer + "_skip", grad_skip);
    } else {
      REQUIRE(kind == "softmax");
      softmax_forward(a[in], y);
      softmax_backward(a[out], a["grad_" + out], grad_x);
    }
    same(out, y);
    same("grad_" + in, grad_x);
    in = out;
  }
}

// Each array of a layer that stands in the trace has a formula.
void check_formulas(const Trace& trace) {
  std::istringstream lines(trace.file);
  std::string line, before;
  int with_formula = 0;
  while (std::getline(lines, line)) {
    const std::string name = line.substr(0, line.find(' '));
    const bool is_array =
        line.find_first_not_of("0123456789 ", name.size()) == std::string::npos && contains(name, "_");
    const bool given = !contains(name, "grad_") && (contains(name, "_weight") || contains(name, "_bias") ||
                                                    contains(name, "_gamma") || contains(name, "_beta"));
    CAPTURE(line);
    if (is_array && !given) {
      CHECK(before.compare(0, 4, "# = ") == 0);
      CHECK(contains(before, " — "));
      CHECK(before.find_first_of("{}") == std::string::npos);
      ++with_formula;
    }
    before = line;
  }
  CHECK(with_formula > 10);
}

template <class Net>
void check_trace(Net network, const Loss& loss = cross_entropy) {
  const Trace trace = traced(network, loss);
  check_by_layers(network, trace);
  check_formulas(trace);
  CHECK(network.wants_grad_x);
}

// The line below the one that begins with `name`.
std::string shown_numbers(const Trace& trace, const std::string& name) {
  const std::size_t at = trace.shown.find("\n" + name + " ");
  REQUIRE(at != std::string::npos);
  const std::size_t begin = trace.shown.find('\n', at + 1) + 1;
  return trace.shown.substr(begin, trace.shown.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("every array of a trace is what its layer makes of those before it, in every lesson's network") {
  using lesson6::Architecture;
  check_trace(lesson1::Mlp({4, 6, 5, 3}));
  check_trace(lesson2::BatchNormMlp({4, 6, 5, 3}));
  check_trace(lesson2::BatchNormMlp({4, 6, 5, 3}, false));
  check_trace(lesson3::ResidualMlp({4, 6, 6, 6, 3}));
  check_trace(lesson3::ResidualMlp({4, 4, 4, 3}));
  check_trace(lesson4::DenseMlp({4, 3, 4, 5, 3}));
  check_trace(lesson5::LeakyMlp({4, 6, 5, 3}, Real(0.25)));
  check_trace(lesson5::LeakyMlp({4, 6, 5, 3}, 0));
  for (const auto connection :
       {Architecture::Connection::plain, Architecture::Connection::residual, Architecture::Connection::dense}) {
    for (const auto activation :
         {Architecture::Activation::sigmoid, Architecture::Activation::relu, Architecture::Activation::leaky_relu}) {
      check_trace(lesson6::RemedyMlp({4, 5, 5, 5, 3}, {activation, true, connection}), squared_error);
      check_trace(lesson6::RemedyMlp({4, 5, 5, 5, 3}, {activation, false, connection}));
    }
  }
}

TEST_CASE("a trace has the gradient of x also after a training, which did not compute it") {
  lesson3::ResidualMlp network(layer_widths(3, 4));
  initialise(network.parameters(), 0);
  train(network, split_of_the_lecture().train, {lecture_sgd(), 2});
  CHECK(network.grad_x()->values.empty());
  check_by_layers(network, trace_of(network, cross_entropy, split_of_the_lecture(), 1, 5, "a network", "a.trace.txt"));
  CHECK_FALSE(network.wants_grad_x);  // a training may go on as before
}

TEST_CASE("a trace names the flower and its batch, and a test flower takes the place of the first") {
  lesson1::Mlp network({4, 6, 3});
  const Split& split = split_of_the_lecture();
  const int third = split.train.rows[7];
  const Trace trace = traced(network, cross_entropy, third);
  CHECK(contains(trace.shown, formatted("row %d of iris, ", third)));
  CHECK(contains(trace.shown,
                 formatted("\nrow 3 of a batch of n = 5, rows of iris: %d %d %d %d %d\n", split.train.rows[5],
                           split.train.rows[6], third, split.train.rows[8], split.train.rows[9])));
  Matrix x = arrays_of(trace.file)["x"];
  for (int j = 0; j < 4; ++j) CHECK(x(2, j) == split.train.x(7, j));

  const int tested = split.test.rows[20];
  const Trace of_test = traced(network, cross_entropy, tested);
  CHECK(contains(of_test.shown,
                 formatted("\nrow 1 of a batch of n = 5, rows of iris: %d %d %d %d %d\n", tested, split.train.rows[1],
                           split.train.rows[2], split.train.rows[3], split.train.rows[4])));
  CHECK(contains(of_test.shown, formatted("\n(in training it is in no batch: here it stands in place of row %d)\n",
                                          split.train.rows[0])));
  CHECK_FALSE(contains(trace.shown, "in place of"));
  x = arrays_of(of_test.file)["x"];
  Matrix y = arrays_of(of_test.file)["y"];
  for (int j = 0; j < 4; ++j) CHECK(x(0, j) == split.test.x(20, j));
  for (int j = 0; j < 3; ++j) CHECK(y(0, j) == split.test.y(20, j));

  // Of batches of 51 there is one; the flower in place 60 is in none.
  const Trace of_rest = traced(network, cross_entropy, split.train.rows[60], 51);
  CHECK(contains(of_rest.shown, formatted("\nrow 1 of a batch of n = 51, rows of iris: %d %d ", split.train.rows[60],
                                          split.train.rows[1])));
}

TEST_CASE("a trace says where the sum of two ways is derived, and that batch norm is in training mode") {
  lesson3::ResidualMlp sums({4, 6, 6, 6, 3});
  CHECK(contains(traced(sums).shown, "= grad_fc3_out fc3_weightᵀ + grad_plus3_skip — section 3 (4)"));
  lesson4::DenseMlp dense({4, 3, 4, 5, 3});
  CHECK(contains(traced(dense).shown, "= grad_fc3_out fc3_weightᵀ + grad_concat3_skip — left out in section 4"));
  CHECK_FALSE(contains(traced(dense).shown, "\nin training mode: "));
  lesson2::BatchNormMlp normalized({4, 6, 3});
  CHECK(contains(traced(normalized).shown, "\nin training mode: batch norm by this batch, "));
}

TEST_CASE("a trace leaves parameters and moving statistics as they were") {
  lesson2::BatchNormMlp network({4, 5, 3}), same({4, 5, 3});
  traced(network);
  int k = 0;
  for (const Parameter& parameter : same.parameters()) {
    for (Real& value : parameter.value->values) value = static_cast<Real>(0.5 * std::sin(1.7 * ++k));
  }
  const std::vector<Parameter> after = network.parameters(), expected = same.parameters();
  for (std::size_t p = 0; p < after.size(); ++p) {
    const std::string what = array_name(after[p].name).what;
    if (what != "gamma" && what != "moving_var") CHECK(after[p].value->values == expected[p].value->values);
    if (what == "moving_var") CHECK(after[p].value->values == std::vector<Real>(5, 1));
  }
}

TEST_CASE("what is shown are five digits of the largest number, and powers of ten where it is far from 1") {
  lesson1::Mlp network({4, 2, 3});
  for (const Parameter& parameter : network.parameters()) parameter.value->fill(0);
  network.W[1](0, 0) = Real(2);
  network.W[1](2, 0) = Real(-0.0625);
  network.W[1](3, 1) = Real(1e-5);
  network.b[1](0, 1) = Real(12345.678);
  const Trace trace =
      trace_of(network, cross_entropy, split_of_the_lecture(), 1, 1, "mlp after 0 epochs", "out/mlp.trace.txt");
  CHECK(contains(trace.shown,
                 "row 1 of iris, setosa, in mlp after 0 epochs\n"
                 "row 1 of a batch of n = 1, rows of iris: 1\n"
                 "(in training it is in no batch: here it stands in place of row 135)\n"
                 "where an array has a row a flower, this flower's; 5 digits of the largest number (to calculate with "
                 "all digits and rows: out/mlp.trace.txt)\n"
                 "forward\n"
                 "x 1×4\n"
                 "    5.1000    3.5000    1.4000    0.2000\n"
                 "fc1_weight 4×2\n"
                 "    2.0000         0\n"
                 "         0         0\n"
                 "   -0.0625         0\n"
                 "         0    0.0000\n"
                 "fc1_bias 1×2\n"
                 "         0     12346\n"
                 "fc1_out 1×2 = x fc1_weight + fc1_bias — section 3 (3)\n"
                 "        10     12346\n"
                 "relu1_out 1×2 = max(fc1_out, 0) — section 3 (3)\n"
                 "        10     12346\n"));
  CHECK(contains(trace.shown,
                 "softmax_out 1×3 = exp(fc2_out) / Σ over the row of exp(fc2_out) — section 3 (3)\n"
                 "   0.33333   0.33333   0.33333\n"
                 "y 1×3\n"
                 "    1.0000         0         0\n"
                 "loss 1×1 = -1/(3n) Σ y ⊗ log(softmax_out + 1e-8) — section 1 (4)\n"
                 "   0.36620\n"
                 "backward\n"
                 "grad_softmax_out 1×3 = -1/(3n) y / (softmax_out + 1e-8) — section 2 (1)\n"
                 "   -1.0000         0         0\n"));
  network.b[1](0, 1) = Real(3e-7);
  network.W[1].fill(0);
  const Trace tiny = trace_of(network, cross_entropy, split_of_the_lecture(), 1, 1, "", "");
  CHECK(contains(tiny.shown, "fc1_bias 1×2 (× 1e-7)\n         0    3.0000\n"));
}

TEST_CASE(
    "ten numbers stand in a line; of more than twenty rows or columns the first ten are shown, and all in the file") {
  const auto lines_of_array = [](const Trace& trace, const std::string& name, const std::string& next) {
    const std::size_t begin = trace.shown.find("\n" + name + " ") + 1, end = trace.shown.find("\n" + next + " ") + 1;
    return trace.shown.substr(begin, end - begin);
  };
  lesson1::Mlp narrow({4, 20, 3}), wide({4, 23, 3});
  const std::string two = lines_of_array(traced(narrow), "relu1_out", "fc2_weight");
  CHECK(std::count(two.begin(), two.end(), '\n') == 1 + 2);
  CHECK_FALSE(contains(two, "…"));
  const Trace trace = traced(wide);
  const std::string one = lines_of_array(trace, "relu1_out", "fc2_weight");
  CHECK(std::count(one.begin(), one.end(), '\n') == 1 + 1);
  CHECK(one.substr(one.size() - 5) == " …\n");
  const std::string rows = lines_of_array(trace, "fc2_weight", "fc2_bias");
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 1 + 10 + 1);
  CHECK(rows.substr(rows.size() - 5) == " …\n");
  CHECK(arrays_of(trace.file)["fc2_weight"].rows == 23);
}

TEST_CASE("a bias before a batch norm has no gradient but rounding, and none is shown") {
  lesson2::BatchNormMlp network({4, 5, 3});
  const std::string numbers = shown_numbers(traced(network), "grad_fc1_bias");
  CHECK(numbers.find_first_of("123456789") == std::string::npos);
}

TEST_CASE("of a deep network the first and last three layers are shown, and all stand in the file") {
  lesson3::ResidualMlp network(layer_widths(99, 3));
  const Trace trace = traced(network);
  CHECK(std::count(trace.shown.begin(), trace.shown.end(), '\n') < 250);
  for (const char* name :
       {"\nplus3_out ", "\n…\nfc98_weight ", "\nfc100_out ", "\ngrad_fc98_out ", "\n…\ngrad_plus3_out "}) {
    CAPTURE(name);
    CHECK(contains(trace.shown, name));
  }
  CHECK_FALSE(contains(trace.shown, "\nfc4_out "));
  CHECK(contains(trace.file, "\nfc50_out 5 3\n"));
  CHECK(contains(trace.file, "\ngrad_plus50_skip 5 3\n"));
}

namespace {

// The numbers that are shown of an array, with what a 1 in their last digit is worth.
struct Shown {
  std::vector<double> values;
  double last_digit;
};

Shown shown_of(const Trace& trace, const std::string& name) {
  const std::size_t at = trace.shown.find("\n" + name + " ") + 1;
  REQUIRE(at > 0);
  const std::string heading = trace.shown.substr(at, trace.shown.find('\n', at) - at);
  const std::size_t times = heading.rfind(" (× ");
  const double unit = times == std::string::npos ? 1 : std::atof(heading.c_str() + times + std::string(" (× ").size());
  Shown shown{{}, 0};
  std::istringstream numbers(shown_numbers(trace, name));
  std::string number;
  while (numbers >> number) {
    const std::size_t point = number.find('.');
    const double decimals = point == std::string::npos ? 0 : static_cast<double>(number.size() - point - 1);
    if (number != "0") shown.last_digit = unit * std::pow(10, -decimals);
    shown.values.push_back(unit * std::atof(number.c_str()));
  }
  return shown;
}

using Table = std::vector<std::vector<double>>;

// The first row of what is shown is that of the exact numbers, but for one in the last digit.
void check_last_digit(const Trace& trace, const std::string& name, const std::vector<double>& exact) {
  const Shown shown = shown_of(trace, name);
  CAPTURE(name);
  REQUIRE(shown.values.size() == exact.size());
  for (std::size_t j = 0; j < exact.size(); ++j) {
    CAPTURE(j);
    CHECK(std::abs(shown.values[j] - exact[j]) <= shown.last_digit);
  }
}

}  // namespace

TEST_CASE("every digit that is shown of bn8 comes out when it is calculated in double from the file") {
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  initialise(network.parameters(), 0);
  train(network, split_of_the_lecture().train, {lecture_adam()});
  const Trace trace = trace_of(network, cross_entropy, split_of_the_lecture(), 1, 20, "bn8", "");
  std::map<std::string, Table> a;
  for (const auto& [name, matrix] : arrays_of(trace.file)) {
    for (int i = 0; i < matrix.rows; ++i) a[name].emplace_back(matrix.row(i), matrix.row(i + 1));
  }
  const std::size_t n = 20;
  for (int layer = 1; layer <= 7; ++layer) {
    const std::string k = std::to_string(layer), fc = "fc" + k, bn = "bn" + k;
    const Table &x = a[layer == 1 ? "x" : "relu" + std::to_string(layer - 1) + "_out"], &W = a[fc + "_weight"];
    const Table &l = a[fc + "_out"], &hat = a[bn + "_hat"], &grad_y = a["grad_" + bn + "_out"];
    const Table &grad_hat = a["grad_" + bn + "_hat"], &grad_l = a["grad_" + fc + "_out"];
    const std::vector<double>&mean = a[bn + "_mean"][0], &var = a[bn + "_var"][0],
          &grad_var = a["grad_" + bn + "_var"][0], &grad_mean = a["grad_" + bn + "_mean"][0];
    std::vector<double> new_l, new_mean, new_var, new_hat, y, h, beta, gamma, of_hat, of_var, of_mean, of_l, of_W;
    for (std::size_t j = 0; j < 10; ++j) {
      double sum = a[fc + "_bias"][0][j], of_weight = 0;
      for (std::size_t i = 0; i < x[0].size(); ++i) sum += x[0][i] * W[i][j];
      new_l.push_back(sum);
      const double deviation = std::sqrt(var[j] + 1e-3);
      double s_l = 0, s_var = 0, s_beta = 0, s_gamma = 0, s_gvar = 0, s_gmean = 0, s_x = 0;
      for (std::size_t i = 0; i < n; ++i) {
        s_l += l[i][j] / n;
        s_var += (l[i][j] - mean[j]) * (l[i][j] - mean[j]) / n;
        s_beta += grad_y[i][j];
        s_gamma += grad_y[i][j] * hat[i][j];
        s_gvar += -0.5 * grad_hat[i][j] * (l[i][j] - mean[j]) / (deviation * deviation * deviation);
        s_gmean -= grad_hat[i][j] / deviation;
        s_x += l[i][j] - mean[j];
        of_weight += x[i][0] * grad_l[i][j];
      }
      new_mean.push_back(s_l);
      new_var.push_back(s_var);
      new_hat.push_back((l[0][j] - mean[j]) / deviation);
      y.push_back(a[bn + "_gamma"][0][j] * hat[0][j] + a[bn + "_beta"][0][j]);
      h.push_back(std::max(a[bn + "_out"][0][j], 0.0));
      beta.push_back(s_beta);
      gamma.push_back(s_gamma);
      of_hat.push_back(grad_y[0][j] * a[bn + "_gamma"][0][j]);
      of_var.push_back(s_gvar);
      of_mean.push_back(s_gmean + grad_var[j] * -2.0 / n * s_x);
      of_l.push_back(grad_hat[0][j] / deviation + grad_var[j] * 2.0 / n * (l[0][j] - mean[j]) + grad_mean[j] / n);
      of_W.push_back(of_weight);
    }
    check_last_digit(trace, fc + "_out", new_l);
    check_last_digit(trace, bn + "_mean", new_mean);
    check_last_digit(trace, bn + "_var", new_var);
    check_last_digit(trace, bn + "_hat", new_hat);
    check_last_digit(trace, bn + "_out", y);
    check_last_digit(trace, "relu" + k + "_out", h);
    check_last_digit(trace, "grad_" + bn + "_beta", beta);
    check_last_digit(trace, "grad_" + bn + "_gamma", gamma);
    check_last_digit(trace, "grad_" + bn + "_hat", of_hat);
    check_last_digit(trace, "grad_" + bn + "_var", of_var);
    check_last_digit(trace, "grad_" + bn + "_mean", of_mean);
    check_last_digit(trace, "grad_" + fc + "_out", of_l);
    check_last_digit(trace, "grad_" + fc + "_weight", of_W);
  }
}
