#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "src/data/iris.h"
#include "src/training/adam.h"
#include "tests/bench/parts.h"
#include "tests/bench/table.h"
#include "tests/bench/trainee.h"

namespace handgrad {

namespace {

constexpr int lecture_batch_size = 20;

OptimizerSettings adam(double lr) {
  OptimizerSettings settings = lecture_adam();
  settings.lr = lr;
  return settings;
}

void measure(const std::string& name, std::unique_ptr<Network> network, const Dataset& data, int batch_size,
             const OptimizerSettings& optimizer, const Machine& machine) {
  constexpr double seconds = 1.0;
  Trainee trainee(std::move(network), data, {optimizer, 100, batch_size});
  std::vector<LayerProducts> products = products_of_step(trainee);
  multiply(products);
  check_products(products);
  const std::vector<double> taken = seconds_per_call({[&] { trainee.step(); }, [&] { multiply(products); }}, seconds);
  const double gflops = flops(products) / taken[0] / 1e9;
  print_row({name, optimizer.kind == OptimizerSettings::Kind::adam ? "adam" : "sgd", formatted("%d", batch_size),
             formatted("%.2f", taken[0] * 1e6), formatted("%.0f", batch_size / taken[0]),
             formatted("%.0f", 100 * taken[1] / taken[0]), formatted("%.1f", gflops),
             formatted("%.0f", 100 * gflops / machine.peak)});
}

// What batch norm adds to a step.
void print_batch_norm(const Dataset& iris) {
  constexpr double seconds = 2;
  std::printf("\nThe same network without batch norm and with it, which take turns: adam, batch %d.\n",
              lecture_batch_size);
  print_header({"batch norm", "plain, µs", "with batch norm, µs", "ratio"});
  const auto row = [&](const char* name, const std::vector<int>& widths) {
    const TrainingSettings settings{lecture_adam(), 100, lecture_batch_size};
    Trainee plain(std::make_unique<lesson1::Mlp>(widths), iris, settings);
    Trainee normalised(std::make_unique<lesson2::BatchNormMlp>(widths), iris, settings);
    const std::vector<double> taken = seconds_per_call({[&] { plain.step(); }, [&] { normalised.step(); }}, seconds);
    print_row({name, formatted("%.2f", taken[0] * 1e6), formatted("%.2f", taken[1] * 1e6),
               formatted("%.2f", taken[1] / taken[0])});
  };
  row("bn8 over mlp8", layer_widths(7, 10));
  row("bn25 over 25 plain hidden layers", layer_widths(25, 10));
}

// The update of adam as its formula stands, with no thought of subnormal numbers.
void adam_by_formula(const Matrix& grad_w, Real corrected_lr, Matrix& m, Matrix& v, Matrix& w) {
  constexpr Real beta1 = Real(0.9), beta2 = Real(0.999), epsilon = Real(1e-8);
  for (int k = 0; k < w.size(); ++k) {
    m[k] = beta1 * m[k] + (1 - beta1) * grad_w[k];
    v[k] = beta2 * v[k] + (1 - beta2) * grad_w[k] * grad_w[k];
    w[k] = w[k] - corrected_lr * m[k] / (std::sqrt(v[k]) + epsilon);
  }
}

void print_subnormals() {
  std::printf(
      "\nAdam and subnormal numbers: one update of 10×10 weights whose gradients are all of one size. adam_update "
      "drops\n"
      "what the step does not feel; the formula alone keeps squares and moments too small for a normal number.\n");
  print_header({"gradients", "adam_update, ns", "formula alone, ns", "formula over adam_update"});
  for (const double size : {1e-3, 1e-15, 1e-20, 1e-40}) {
    const Matrix grad_w(10, 10, static_cast<Real>(size));
    Matrix m(10, 10), v = m, w = m, m_formula = m, v_formula = m, w_formula = m;
    const std::vector<double> taken =
        seconds_per_call({[&] { adam_update(grad_w, 1e-3, 0.9, 0.999, 1e-8, m, v, w); },
                          [&] { adam_by_formula(grad_w, Real(1e-3), m_formula, v_formula, w_formula); }},
                         0.5);
    print_row({formatted("%g", size), formatted("%.1f", taken[0] * 1e9), formatted("%.1f", taken[1] * 1e9),
               formatted("%.2f", taken[1] / taken[0])});
  }
}

}  // namespace

void bench_train(const Machine& machine) {
  const Dataset iris = read_lecture_split().train;
  std::printf(
      "\nOne training step: take a batch, forward, loss, backward, optimizer. The share of its matrix products is the\n"
      "time that gemm takes for products of the same shapes alone. GFLOP/s: the arithmetic of these products over the\n"
      "time of the whole step. sgd has momentum 0.9.\n");
  print_header({"network", "optimizer", "batch", "µs per step", "samples per second", "% in matrix products", "GFLOP/s",
                "% of peak"});

  // The runs of the lessons, with their settings.
  const auto on_iris = [&](const char* name, std::unique_ptr<Network> network, const OptimizerSettings& optimizer) {
    measure(name, std::move(network), iris, lecture_batch_size, optimizer, machine);
  };
  on_iris("mlp4", std::make_unique<lesson1::Mlp>(layer_widths(3, 10)), lecture_adam());
  on_iris("mlp8", std::make_unique<lesson1::Mlp>(layer_widths(7, 10)), lecture_adam());
  on_iris("bn8", std::make_unique<lesson2::BatchNormMlp>(layer_widths(7, 10)), lecture_adam());
  on_iris("bn25", std::make_unique<lesson2::BatchNormMlp>(layer_widths(25, 10)), lecture_adam());
  on_iris("res6", std::make_unique<lesson3::ResidualMlp>(layer_widths(6, 3)), lecture_sgd());
  on_iris("res25", std::make_unique<lesson3::ResidualMlp>(layer_widths(25, 10)), lecture_sgd());
  on_iris("res100", std::make_unique<lesson3::ResidualMlp>(layer_widths(100, 10)), adam(0.0003));
  on_iris("res1000", std::make_unique<lesson3::ResidualMlp>(layer_widths(1000, 10)), adam(0.0001));
  on_iris("dense6", std::make_unique<lesson4::DenseMlp>(std::vector<int>{4, 3, 4, 5, 6, 7, 8, 3}), lecture_sgd());
  on_iris("leaky", std::make_unique<lesson5::LeakyMlp>(layer_widths(2, 10), Real(0.25)), lecture_sgd());

  const std::vector<int> widths{784, 1024, 1024, 10};
  for (const OptimizerSettings& optimizer : {lecture_sgd(), lecture_adam()}) {
    measure("784-1024-1024-10", std::make_unique<lesson1::Mlp>(widths),
            made_up_data(256, widths.front(), widths.back()), 256, optimizer, machine);
  }
  print_batch_norm(iris);
  print_subnormals();
}

}  // namespace handgrad
