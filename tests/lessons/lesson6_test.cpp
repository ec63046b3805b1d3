#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/measurement.h"
#include "lessons/lesson6/network.h"
#include "lessons/lesson6/remedies.h"
#include "src/io/text.h"
#include "src/program/options.h"
#include "tests/lessons/parity.h"

using namespace handgrad;
using namespace handgrad::lesson6;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// The runs of a remedy at one depth with the lecture's settings and ten seeds.
std::vector<Measurement> ten_seeds(const std::string& name, int depth) {
  const Remedy remedy = remedy_named(name);
  std::vector<Measurement> runs;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    runs.push_back(
        measure(remedy, depth, 10, seed, lecture_split(), {remedy.optimizer, 100, 20, remedy.loss, remedy.clip}));
  }
  return runs;
}

// Trains lesson 6's network and another lesson's from the same weights; both must be one network, to the last bit.
void check_is(Network& other, const std::string& name, const std::vector<int>& widths,
              const OptimizerSettings& optimizer) {
  CAPTURE(name);
  RemedyMlp network(widths, remedy_named(name).architecture);
  const Trained mine = train_as_lecture(network, optimizer);
  const Trained its = train_as_lecture(other, optimizer);
  CHECK(mine.history.loss == its.history.loss);
  CHECK(mine.history.mean_abs_grad == its.history.mean_abs_grad);
  CHECK(mine.o.values == its.o.values);
  REQUIRE(network.outputs().size() == other.outputs().size());
  for (std::size_t k = 0; k < other.outputs().size(); ++k) CHECK(network.outputs()[k].name == other.outputs()[k].name);
  const std::vector<Parameter> own = network.parameters(), others = other.parameters();
  REQUIRE(own.size() == others.size());
  for (std::size_t k = 0; k < own.size(); ++k) {
    CHECK(own[k].name == others[k].name);
    CHECK(same_shape(*own[k].value, *others[k].value));
    CHECK(own[k].value->values == others[k].value->values);
  }
}

Measurement measured(double accuracy, double ratio, bool diverged = false) {
  return {8, "sgd", 3, 100, 0.25, accuracy, ratio, diverged};
}

}  // namespace

// ---- The network ----------------------------------------------------------------------------------------------------

TEST_CASE("lesson 6's network is the network of every other lesson, to the last bit") {
  const std::vector<int> widths = layer_widths(5, 10);
  lesson1::Mlp mlp(widths);
  check_is(mlp, "baseline", widths, lecture_adam());
  lesson2::BatchNormMlp batch_norm(widths);
  check_is(batch_norm, "batch_norm", widths, lecture_adam());
  lesson3::ResidualMlp residual(widths);
  check_is(residual, "residual", widths, lecture_sgd());
  const std::vector<int> dense_widths{4, 3, 4, 5, 6, 7, 8, 3};
  lesson4::DenseMlp dense(dense_widths);
  check_is(dense, "dense", dense_widths, lecture_sgd());
  lesson5::LeakyMlp leaky(layer_widths(2, 10), Real(0.25));
  check_is(leaky, "leaky", layer_widths(2, 10), lecture_sgd());
}

TEST_CASE("the values of a network have the names of what computed them") {
  const auto names = [](const std::string& remedy) {
    RemedyMlp network({4, 5, 5, 3}, remedy_named(remedy).architecture);
    std::vector<std::string> all;
    for (const Output& named : network.outputs()) all.push_back(named.name);
    return joined(all, " ");
  };
  CHECK(names("sigmoid") == "fc1_out sigmoid1_out fc2_out sigmoid2_out fc3_out softmax_out");
  CHECK(names("batch_norm+residual") ==
        "fc1_out bn1_out relu1_out fc2_out bn2_out relu2_out plus2_out fc3_out softmax_out");
  CHECK(names("leaky+dense") == "fc1_out relu1_out fc2_out relu2_out concat2_out fc3_out softmax_out");
}

// ---- Remedies -------------------------------------------------------------------------------------------------------

TEST_CASE("a word of a remedy changes its part of the baseline or of the bare network, and no other") {
  using Activation = Architecture::Activation;
  using Connection = Architecture::Connection;
  using Kind = OptimizerSettings::Kind;
  const auto check = [](const std::string& name, const Loss& loss, Kind kind, Activation activation, bool standardised,
                        bool batch_norm, Connection connection) {
    CAPTURE(name);
    const Remedy remedy = remedy_named(name);
    CHECK(remedy.name == name);
    CHECK((remedy.loss.forward == loss.forward));  // doctest cannot print a function
    CHECK((remedy.loss.backward == loss.backward));
    CHECK(remedy.optimizer.kind == kind);
    CHECK(remedy.optimizer.lr == (kind == Kind::sgd ? 0.05 : 0.001));
    CHECK(remedy.architecture.activation == activation);
    CHECK(remedy.standardised == standardised);
    CHECK(remedy.architecture.batch_norm == batch_norm);
    CHECK(remedy.architecture.connection == connection);
  };
  check("baseline", cross_entropy, Kind::adam, Activation::relu, false, false, Connection::plain);
  check("bare", squared_error, Kind::sgd, Activation::sigmoid, false, false, Connection::plain);
  check("squared", squared_error, Kind::adam, Activation::relu, false, false, Connection::plain);
  check("bare+cross_entropy", cross_entropy, Kind::sgd, Activation::sigmoid, false, false, Connection::plain);
  check("sgd", cross_entropy, Kind::sgd, Activation::relu, false, false, Connection::plain);
  check("bare+adam", squared_error, Kind::adam, Activation::sigmoid, false, false, Connection::plain);
  check("baseline+sigmoid", cross_entropy, Kind::adam, Activation::sigmoid, false, false, Connection::plain);
  check("bare+relu", squared_error, Kind::sgd, Activation::relu, false, false, Connection::plain);
  check("leaky+standardised", cross_entropy, Kind::adam, Activation::leaky_relu, true, false, Connection::plain);
  check("residual+batch_norm", cross_entropy, Kind::adam, Activation::relu, false, true, Connection::residual);
  check("he+leaky", cross_entropy, Kind::adam, Activation::leaky_relu, false, false, Connection::plain);
  CHECK((remedy_named("he+leaky").init == Init::he));
  CHECK((remedy_named("residual+glorot").init == Init::glorot));
  CHECK(remedy_named("clip+residual").clip == 1);
  check("bare+dense", squared_error, Kind::sgd, Activation::sigmoid, false, false, Connection::dense);
  for (const char* name : {"baseline", "bare", "sgd+residual"}) {
    CHECK(!remedy_named(name).init);
    CHECK(std::isinf(remedy_named(name).clip));
  }
  for (const std::string& name : default_remedies()) CHECK(remedy_named(name).name == name);
}

TEST_CASE("a dense layer adds two units to what the next one reads, the others keep their width") {
  CHECK(remedy_widths(remedy_named("residual"), 4, 10) == std::vector<int>{4, 10, 10, 10, 3});
  CHECK(remedy_widths(remedy_named("dense"), 5, 10) == std::vector<int>{4, 10, 2, 2, 2, 3});
  CHECK(remedy_widths(remedy_named("dense"), 1, 10) == std::vector<int>{4, 3});
  RemedyMlp dense(remedy_widths(remedy_named("dense"), 100, 10), remedy_named("dense").architecture);
  CHECK(dense.W[100].rows == 206);
  CHECK(dense.W[100].cols == 3);
}

TEST_CASE("standardised uses mean and variance of the training flowers, for the test flowers too") {
  // Mean 2, variance ((1 - 2)² + (3 - 2)²) / 2 = 1.
  const Split split{{Matrix{{1}, {3}}, Matrix(2, 3), {1, 2}}, {Matrix{{5}, {2}}, Matrix(2, 3), {3, 4}}};
  const Split standard = standardised(split);
  const Real deviation = std::sqrt(Real(1.001));
  CHECK(standard.train.x(0, 0) == doctest::Approx(-1 / deviation).epsilon(1e-6));
  CHECK(standard.train.x(1, 0) == doctest::Approx(1 / deviation).epsilon(1e-6));
  CHECK(standard.test.x(0, 0) == doctest::Approx(3 / deviation).epsilon(1e-6));
  CHECK(standard.test.x(1, 0) == 0);
  CHECK(standard.test.rows == std::vector<int>{3, 4});

  const auto mean_and_variance = [](const Matrix& x, int column) {
    double mean = 0, variance = 0;
    for (int i = 0; i < x.rows; ++i) mean += static_cast<double>(x(i, column)) / x.rows;
    for (int i = 0; i < x.rows; ++i) variance += std::pow(static_cast<double>(x(i, column)) - mean, 2) / x.rows;
    return std::make_pair(mean, variance);
  };
  const Matrix x = standardised(lecture_split()).train.x;
  for (int j = 0; j < x.cols; ++j) {
    const double before = mean_and_variance(lecture_split().train.x, j).second;
    CHECK(std::abs(mean_and_variance(x, j).first) < 1e-5);
    CHECK(mean_and_variance(x, j).second == doctest::Approx(before / (before + 0.001)).epsilon(1e-5));
  }
}

// ---- Measurements ---------------------------------------------------------------------------------------------------

TEST_CASE("a deep network without any remedy never learns; residual or dense connections alone are enough") {
  for (const Measurement& run : ten_seeds("bare", 8)) {
    CHECK(!run.learned());
    CHECK(run.accuracy == 30);  // 15 of 50: all flowers are called versicolor
    CHECK(run.gradient_ratio < 1e-14);
    CHECK(run.epochs == 100);
  }
  for (const Measurement& run : ten_seeds("bare+residual", 8)) CHECK(run.learned());
  for (const Measurement& run : ten_seeds("bare+dense", 16)) CHECK(run.learned());
}

TEST_CASE("where the softmax gets sure of one species the squared error is stuck, cross-entropy and adam are not") {
  for (const Measurement& run : ten_seeds("bare+residual", 16)) CHECK(!run.learned());
  // Seed 0 calls every flower versicolor, with probability 1: the 65 of the 100 that are none cost 2/3 each.
  CHECK(ten_seeds("bare+residual", 16).front().loss == doctest::Approx(0.65 * 2 / 3).epsilon(1e-6));
  for (const Measurement& run : ten_seeds("bare+residual+cross_entropy", 16)) CHECK(run.learned());
  for (const Measurement& run : ten_seeds("bare+residual+adam", 16)) CHECK(run.learned());
}

TEST_CASE("lesson 1's network fails at depth 8 with any loss and either ReLU; with residual sums it learns at 25") {
  for (const char* name : {"baseline", "squared", "leaky"}) {
    CAPTURE(name);
    for (const Measurement& run : ten_seeds(name, 8)) CHECK(run.accuracy == 30);
  }
  for (const Measurement& run : ten_seeds("residual", 25)) {
    CHECK(run.learned());
    CHECK(run.gradient_ratio > 0.1);
  }
}

TEST_CASE(
    "he's weights and residual sums carry 16 layers each, together none; a bound on the step cures sgd's explosion") {
  const auto learned = [](const std::string& name, int depth) {
    const std::vector<Measurement> runs = ten_seeds(name, depth);
    return std::count_if(runs.begin(), runs.end(), [](const Measurement& run) { return run.learned(); });
  };
  CHECK(learned("he", 16) >= 8);  // 9
  CHECK(learned("residual", 16) == 10);
  CHECK(learned("he+residual", 16) == 0);
  CHECK(learned("he+leaky", 50) == 10);
  CHECK(learned("sgd+residual", 50) <= 7);  // 6; rounding decides one or two
  CHECK(learned("clip+sgd+residual", 50) == 10);
}

TEST_CASE("a baseline run is lesson 1's: mlp4 and its 36 of 50") {
  const Measurement run = measure(remedy_named("baseline"), 4, 10, 0, lecture_split(), {lecture_adam()});
  CHECK(run.accuracy == 72);
  CHECK(!run.learned());
  CHECK(!run.diverged);
  lesson1::Mlp network(layer_widths(3, 10));
  const Trained trained = train_as_lecture(network, lecture_adam());
  CHECK(run.loss == trained.history.loss.back());
  CHECK(run.gradient_ratio == trained.history.mean_abs_grad[0].front() / trained.history.mean_abs_grad[0].back());
}

TEST_CASE("a run that diverges is recorded as that, with what is known of it") {
  OptimizerSettings huge = lecture_adam();
  huge.lr = 999999;
  const Measurement run = measure(remedy_named("baseline"), 6, 600, 0, lecture_split(), {huge, 5, 50});
  CHECK(run.diverged);
  CHECK(!run.learned());
  CHECK(run.epochs == 0);
  CHECK(std::isnan(run.accuracy));
  CHECK(std::isnan(run.loss));
  CHECK(runs_csv({run}) ==
        "depth,remedy,seed,epochs,loss,accuracy,learned,gradient_ratio\n6,baseline,0,0,,,diverged,\n");
}

TEST_CASE("a summary, by hand: mean, standard deviation, how many learned, and the median of the gradient ratios") {
  const Summary three = summary_of({measured(90, 4), measured(96, 1), measured(30, 2)});
  CHECK(three.runs == 3);
  CHECK(three.learned == 2);  // 90 % is enough
  CHECK(three.diverged == 0);
  CHECK(three.mean == doctest::Approx(72));
  CHECK(three.deviation == doctest::Approx(std::sqrt((18.0 * 18 + 24 * 24 + 42 * 42) / 2)));
  CHECK(three.gradient_ratio == 2);
  CHECK(accuracy_text(three) == "72.0 ± 36.5 (2)");
  CHECK(ratio_text(three) == "2e+00");

  const Summary with_diverged = summary_of({measured(88, 3e-5), measured(none, none, true), measured(92, 1e-5)});
  CHECK(with_diverged.mean == doctest::Approx(90));
  CHECK(with_diverged.learned == 1);
  CHECK(with_diverged.gradient_ratio == doctest::Approx(2e-5));
  CHECK(accuracy_text(with_diverged) == "90.0 ± 2.8 (1), 1 diverged");
  CHECK(ratio_text(with_diverged) == "2e-05");

  CHECK(accuracy_text(summary_of({measured(96, 0)})) == "96.0 (1)");
  CHECK(ratio_text(summary_of({measured(96, 0)})) == "0");
  CHECK(accuracy_text(summary_of({measured(none, none, true)})) == "diverged");
  CHECK(ratio_text(summary_of({measured(30, none)})) == "-");
}

TEST_CASE("runs.csv has a line a run, and nothing where there is no number") {
  CHECK(runs_csv({measured(96, 0.125), measured(30, none), measured(none, 0.5, true)}) ==
        "depth,remedy,seed,epochs,loss,accuracy,learned,gradient_ratio\n"
        "8,sgd,3,100,0.25,96,yes,0.125\n"
        "8,sgd,3,100,0.25,30,no,\n"
        "8,sgd,3,100,0.25,,diverged,0.5\n");
}
