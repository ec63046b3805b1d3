#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson3/network.h"
#include "src/data/iris.h"
#include "src/io/file.h"
#include "tests/bench/line_plot.h"
#include "tests/bench/parts.h"
#include "tests/bench/table.h"
#include "tests/bench/trainee.h"

namespace handgrad {

namespace {

// A residual network for iris, as in lesson 3: `depth` hidden layers of `width` units, trained by adam. Steps so small
// that no depth makes the loss overflow.
Trainee residual_trainee(int depth, int width, int batch_size) {
  TrainingSettings settings{lecture_adam(), 100, batch_size};
  settings.optimizer.lr = 1e-6;
  return {std::make_unique<lesson3::ResidualMlp>(layer_widths(depth, width)),
          made_up_data(batch_size, iris_features, iris_classes), settings};
}

struct Cost {
  double microseconds;  // of a step
  double megaflops;     // of its matrix products
};

Cost measure(Trainee& trainee) {
  constexpr double seconds = 0.4;
  return {seconds_per_call({[&] { trainee.step(); }}, seconds)[0] * 1e6, flops(products_of_step(trainee)) / 1e6};
}

// The bytes of all numbers that the training of a deep residual network keeps. d hidden layers of w units, n rows in a
// batch:
//   4 (value, gradient, and adam's m and v) for each of the w² + w parameters of a layer
//   7 (l, h, r, and the gradients of l, h, r and of the way past the layer) for each of its w units and each row
double predicted_bytes(int depth, int width, int batch_size) {
  const double parameters = 1.0 * width * width + width, units = 1.0 * batch_size * width;
  return 1.0 * sizeof(Real) * depth * (4 * parameters + 7 * units);
}

double counted_bytes(const Matrix& matrix) {
  return static_cast<double>(matrix.values.capacity()) * sizeof(Real);
}

// What it keeps indeed, the first and the last layer and the batch among it.
double counted_bytes(const Trainee& trainee) {
  const auto& net = dynamic_cast<const lesson3::ResidualMlp&>(*trainee.network);
  const Training& training = trainee.training;
  double bytes = counted_bytes(net.o);
  for (const Matrix* matrix : {&training.x, &training.y, &training.grad_o}) bytes += counted_bytes(*matrix);
  for (const auto* matrices :
       {&net.W, &net.b, &net.l, &net.h, &net.r, &net.grad_W, &net.grad_b, &net.grad_l, &net.grad_h, &net.grad_r,
        &net.grad_skip, &training.optimizer.m, &training.optimizer.v}) {
    for (const Matrix& matrix : *matrices) bytes += counted_bytes(matrix);
  }
  return bytes;
}

// Returns what the picture shows.
std::vector<Curve> print_depths(int width, int batch_size) {
  Curve measured{"measured", {}, {}}, linear{"10 layers' cost × d / 10", {}, {}, true};
  std::printf("\nDepth: d residual layers of width %d, batch %d, adam.\n", width, batch_size);
  print_header(
      {"d", "µs per step", "µs per layer", "GFLOP/s", "memory predicted", "memory counted", "counted over predicted"});
  for (const int depth : {10, 30, 100, 300, 1000, 3000, 10000}) {
    Trainee trainee = residual_trainee(depth, width, batch_size);
    const Cost cost = measure(trainee);
    const double predicted = predicted_bytes(depth, width, batch_size), counted = counted_bytes(trainee);
    measured.x.push_back(depth);
    measured.y.push_back(cost.microseconds);
    linear.x.push_back(depth);
    linear.y.push_back(measured.y[0] * depth / measured.x[0]);
    print_row({formatted("%d", depth), formatted("%.1f", cost.microseconds),
               formatted("%.3f", cost.microseconds / depth),
               formatted("%.1f", 1e3 * cost.megaflops / cost.microseconds), bytes_text(predicted), bytes_text(counted),
               formatted("%.3f", counted / predicted)});
  }
  return {measured, linear};
}

void print_cost(const char* name, const std::vector<int>& values, Trainee (*trainee_for)(int)) {
  print_header({name, "µs per step", "Mflop per step", "µs per Mflop"});
  for (const int value : values) {
    Trainee trainee = trainee_for(value);
    const Cost cost = measure(trainee);
    print_row({formatted("%d", value), formatted("%.1f", cost.microseconds), formatted("%.3f", cost.megaflops),
               formatted("%.1f", cost.microseconds / cost.megaflops)});
  }
}

}  // namespace

void bench_scale(const Machine& machine) {
  const std::string path = "out/bench/scale.svg";
  constexpr int width = 10, batch_size = 20;
  const std::vector<Curve> curves = print_depths(width, batch_size);
  write_file(path, line_plot_svg({"A training step of a residual network",
                                  formatted("width %d, batch %d, adam; ", width, batch_size) + machine.processor +
                                      ", " + machine.compiler + ", " + machine.date,
                                  "d, residual layers", "µs per step", curves}));
  std::printf(
      "\nMemory predicted: 4 bytes d (4 (w² + w) + 7 n w), width w, batch n. Every parameter is kept with its "
      "gradient\n"
      "and adam's two moments, and every layer keeps 7 numbers for each unit and row: l, h, r, their gradients, and "
      "the\n"
      "gradient past the layer. Counted: the storage of all matrices, also of the first and last layer and of the\n"
      "batch.\nThe picture: %s\n",
      path.c_str());

  std::printf("\nWidth: 10 residual layers, batch 20, adam; the arithmetic is that of the matrix products.\n");
  print_cost("w", {5, 10, 20, 40, 80, 160, 320, 640}, [](int w) { return residual_trainee(10, w, 20); });
  std::printf("\nBatch: 10 residual layers of width 10, adam.\n");
  print_cost("n", {1, 5, 10, 20, 50, 100, 200, 500, 1000}, [](int n) { return residual_trainee(10, 10, n); });
}

}  // namespace handgrad
