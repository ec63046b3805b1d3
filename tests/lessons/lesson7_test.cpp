#include <doctest/doctest.h>

#include <cmath>

#include "lessons/lesson1/network.h"
#include "lessons/lesson5/network.h"
#include "lessons/lesson6/measurement.h"
#include "lessons/lesson6/network.h"
#include "lessons/lesson7/spread.h"
#include "lessons/lesson7/spread_plot.h"
#include "lessons/lesson7/tables.h"
#include "src/io/text.h"
#include "src/layers/log_loss.h"
#include "src/training/batches.h"
#include "tests/lessons/parity.h"

using namespace handgrad;
using namespace handgrad::lesson7;

namespace {

struct Batch {
  Matrix x, y;
  Batch() { take_batch(lecture_split().train, 0, 20, x, y); }
};

// What ten seeds of lesson 1's network measure, and what is predicted of them.
Measured ten(int depth, int width, Init init) {
  const Batch batch;
  return measure_spreads(depth, width, init, 0, 10, batch.x, batch.y);
}

// How many of ten seeds learn.
int learned(Init init, const OptimizerSettings& optimizer, int depth, double clip = INFINITY) {
  lesson6::Remedy remedy;
  remedy.init = init;
  TrainingSettings training{optimizer};
  training.clip = clip;
  int count = 0;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    count += lesson6::measure(remedy, depth, 10, seed, lecture_split(), training).learned() ? 1 : 0;
  }
  return count;
}

// The factor from layer to layer that the values of a wide network show, and the gradients on their way back.
template <class AnyNetwork>
void check_factor(AnyNetwork& network, Init init, double on, double off, double bound) {
  const Batch batch;
  initialise(network.parameters(), 1, init);
  Matrix grad_o;
  log_loss_backward(network.forward(batch.x, Mode::training), batch.y, grad_o);
  network.backward(grad_o);
  const std::size_t last = network.W.size() - 1;
  const int units = network.W[2].rows;
  const double predicted = layer_factor(units, init_range(init, units, units), on, off);
  for (std::size_t i = 2; i < last; ++i) {
    CAPTURE(i);
    CHECK(std::abs(root_mean_square(network.grad_l[i - 1]) / root_mean_square(network.grad_l[i]) / predicted - 1) <
          bound);
    if (off == on) continue;  // of a sigmoid the values come to lie near 1/2, not near 0
    CHECK(std::abs(root_mean_square(network.l[i]) / root_mean_square(network.l[i - 1]) / predicted - 1) < bound);
  }
}

}  // namespace

// ---- The factor of a layer ------------------------------------------------------------------------------------------

TEST_CASE("the factor of a layer, as the handout has it") {
  CHECK(layer_factor(10, 0.01, 1, 0) == doctest::Approx(0.01 / std::sqrt(3.0) * std::sqrt(10 / 2.0)));
  CHECK(formatted("%.4f", layer_factor(10, 0.01, 1, 0)) == "0.0129");        // lesson 1's 0.013
  CHECK(formatted("%.4f", layer_factor(10, 0.01, 1, 1)) == "0.0183");        // lesson 5's 0.018
  CHECK(formatted("%.4f", layer_factor(10, 0.01, 0.25, 0.25)) == "0.0046");  // lesson 6's
  for (const int inputs : {4, 10, 257}) {
    CHECK(layer_factor(inputs, init_range(Init::he, inputs, 3), 1, 0) == doctest::Approx(1));
    CHECK(layer_factor(inputs, init_range(Init::glorot, inputs, inputs), 1, 1) == doctest::Approx(1));
    CHECK(layer_factor(inputs, init_range(Init::glorot, inputs, inputs), 1, 0) == doctest::Approx(std::sqrt(0.5)));
  }
  CHECK(layer_factor(10, std::sqrt(0.6), 1, 0.25) == doctest::Approx(std::sqrt(1.0625)));
}

TEST_CASE("a wide layer has the predicted factor, up and down, with ReLU, LeakyReLU and near 0 with a sigmoid") {
  lesson1::Mlp relu_network(layer_widths(5, 800));
  check_factor(relu_network, Init::he, 1, 0, 0.1);
  lesson5::LeakyMlp leaky_network(layer_widths(5, 800), Real(0.25));
  check_factor(leaky_network, Init::he, 1, 0.25, 0.1);
  lesson6::RemedyMlp sigmoid_network(layer_widths(5, 800), {lesson6::Architecture::Activation::sigmoid});
  check_factor(sigmoid_network, Init::lecture, 0.25, 0.25, 0.1);
}

// ---- Prediction and measurement -------------------------------------------------------------------------------------

TEST_CASE("predicted_spread by hand: 4-10-10-3 under he and lecture") {
  const Spread he = predicted_spread({4, 10, 10, 3}, Init::he, 2, 0.5);
  REQUIRE(he.values.size() == 4);
  // l_1: 4 inputs of mean square 4, Var(W) = 2/4, no ReLU in front: 2 · 4; then the factor is 1.
  for (const std::size_t i : {1u, 2u, 3u}) CHECK(he.values[i] == doctest::Approx(std::sqrt(8.0)));
  // From 3 outputs, Var(W_3) = 2/10: 3 · 2/10 · 1/2 = 0.3; then from 10 outputs: 1.
  CHECK(he.gradients[3] == 0.5);
  CHECK(he.gradients[2] == doctest::Approx(0.5 * std::sqrt(0.3)));
  CHECK(he.gradients[1] == doctest::Approx(0.5 * std::sqrt(0.3)));
  const Spread lecture = predicted_spread({4, 10, 10, 3}, Init::lecture, 2, 0.5);
  CHECK(lecture.values[1] == doctest::Approx(std::sqrt(4 * 4 * 1e-4 / 3)));
  CHECK(lecture.values[3] == doctest::Approx(lecture.values[1] * 10 * 1e-4 / 6));
}

TEST_CASE("measured_spread is of the weights of the seed, in a forward and a backward pass of lesson 1's network") {
  const Batch batch;
  lesson1::Mlp network(layer_widths(2, 10));
  initialise(network.parameters(), 4, Init::glorot);
  Matrix grad_o;
  log_loss_backward(network.forward(batch.x, Mode::training), batch.y, grad_o);
  network.backward(grad_o);
  const Spread spread = measured_spread(layer_widths(2, 10), Init::glorot, 4, batch.x, batch.y);
  REQUIRE(spread.values.size() == 4);
  REQUIRE(spread.gradients.size() == 4);
  for (const std::size_t i : {1u, 2u, 3u}) {
    CHECK(spread.values[i] == root_mean_square(network.l[i]));
    CHECK(spread.gradients[i] == root_mean_square(network.grad_l[i]));
  }
  CHECK(root_mean_square(Matrix{{3, 4}, {0, 5}}) == doctest::Approx(std::sqrt(12.5)));
}

TEST_CASE("root mean square and median of spreads, by hand") {
  const std::vector<Spread> spreads{{{0, 1}, {0, 10}}, {{0, 7}, {0, 2}}, {{0, 5}, {0, 4}}};
  CHECK(root_mean_square(spreads).values[1] == doctest::Approx(5));
  CHECK(root_mean_square(spreads).gradients[1] == doctest::Approx(std::sqrt(40.0)));
  CHECK(median(spreads).values[1] == 5);
  CHECK(median({spreads[0], spreads[1]}).values[1] == 4);
  CHECK(median(spreads).gradients[1] == 4);
}

TEST_CASE("mlp8: every layer as predicted, within a factor of 2.5, for all three initialisations") {
  for (const Init init : {Init::lecture, Init::glorot, Init::he}) {
    CAPTURE(init_name(init));
    const Measured measured = ten(8, 10, init);
    const Spread found = root_mean_square(measured.seeds);
    for (std::size_t i = 1; i <= 8; ++i) {
      CAPTURE(i);
      CHECK(found.values[i] < 2.5 * measured.predicted.values[i]);
      CHECK(found.values[i] > measured.predicted.values[i] / 2.5);
      CHECK(found.gradients[i] < 1.3 * measured.predicted.gradients[i]);
      CHECK(found.gradients[i] > measured.predicted.gradients[i] / 1.3);
    }
  }
}

TEST_CASE("100 layers of 10 units lie far below the prediction and far apart, 100 of 100 units do not") {
  const Measured narrow = ten(100, 10, Init::he), wide = ten(100, 100, Init::he);
  CHECK(narrow.predicted.values[100] == doctest::Approx(wide.predicted.values[100]));
  CHECK(median(narrow.seeds).values[100] < 1e-5);
  CHECK(median(wide.seeds).values[100] > 1);
  const double typical = narrow.predicted.values[100] * typical_share(99, 10);
  CHECK(typical == doctest::Approx(narrow.predicted.values[100] * std::exp(-1.25 * 9.9)));
  CHECK(std::abs(std::log10(median(narrow.seeds).values[100] / typical)) < 1.5);
}

// ---- Training -------------------------------------------------------------------------------------------------------

TEST_CASE(
    "lesson 1's plain network of 8, 25 and 50 layers learns with he and adam, and with the lecture's weights not") {
  CHECK(learned(Init::lecture, lecture_adam(), 8) == 0);
  CHECK(learned(Init::he, lecture_adam(), 8) == 10);
  CHECK(learned(Init::glorot, lecture_adam(), 8) == 10);
  CHECK(learned(Init::he, lecture_adam(), 25) == 10);
  CHECK(learned(Init::he, lecture_adam(), 50) >= 5);  // 7, of which rounding decides some
}

TEST_CASE("sgd learns 8 layers with he, 25 only with clipped gradients") {
  CHECK(learned(Init::lecture, lecture_sgd(), 8) == 0);
  CHECK(learned(Init::he, lecture_sgd(), 8) >= 8);      // 10; rounding decides one or two
  CHECK(learned(Init::he, lecture_sgd(), 25) <= 3);     // 0
  CHECK(learned(Init::he, lecture_sgd(), 25, 1) >= 7);  // 9
}

// ---- Tables and picture ---------------------------------------------------------------------------------------------

TEST_CASE("the table of factors") {
  CHECK(factor_table({Init::he}, 10).text() ==
        "factor by which a layer of 10 units changes a standard deviation\n\n"
        "|         | range          | ReLU           | LeakyReLU 0.25 | sigmoid near 0 | tanh near 0    |\n"
        "| ---     | ---            | ---            | ---            | ---            | ---            |\n"
        "| he      | 0.775          | 1              | 1.03           | 0.354          | 1.41           |\n\n");
}

TEST_CASE("a table of spreads has two rows for values and two for gradients, and eight layers of more") {
  const Measured two{2, 10, Init::he, {{{0, 3, 6}, {0, 0.25, 0.5}}}, {{0, 2, 4}, {0, 0, 0.5}}};
  const Table table = spread_table({two});
  CHECK(joined(table.head, " ") == "layer 1 2 a layer");
  REQUIRE(table.rows.size() == 4);
  CHECK(joined(table.rows[0], " ") == "he, values, predicted 2.0e+00 4.0e+00 -");
  CHECK(joined(table.rows[1], " ") == "he, values, measured 3.0e+00 6.0e+00 -");
  CHECK(joined(table.rows[2], " ") == "he, gradients, predicted 0 5.0e-01 -");
  CHECK(joined(table.rows[3], " ") == "he, gradients, measured 2.5e-01 5.0e-01 -");

  const Table hundred = spread_table({ten(100, 10, Init::he)});
  CHECK(joined(hundred.head, " ") == "layer 1 15 29 43 57 71 85 100 a layer");
  const Measured four{4, 10, Init::he, {{{0, 1, 2, 4, 9}, {0, 8, 4, 2, 5}}}, {{0, 1, 1, 1, 1}, {0, 1, 1, 1, 1}}};
  CHECK(spread_table({four}).rows[1].back() == "2");  // from layer 1 to layer 3
  CHECK(spread_table({four}).rows[3].back() == "2");  // from layer 3 to layer 1
}

TEST_CASE("the table of how far networks lie apart, and spread.csv") {
  const Measured measured{
      5, 10, Init::glorot, {{{0, 3}, {0, 8}}, {{0, 1}, {0, 6}}, {{0, 2}, {0, 7}}}, {{0, 4}, {0, 0.5}}};
  const Table table = apart_table({measured});
  CHECK(joined(table.rows[0], " | ") ==
        "5 layers of 10 units | 4.0e+00 | 2.4e+00 | 2.0e+00 | 1.0e+00 | 3.0e+00");  // 4 exp(-1.25 · 4/10) = 2.4
  CHECK(table.legend.find("with glorot") != std::string::npos);
  CHECK(spread_csv({measured}) ==
        "depth,width,init,layer,values_predicted,values_measured,values_median,gradients_predicted,gradients_measured,"
        "gradients_median\n5,10,glorot,1,4,2.1602469,2,0.5,7.04745817,7\n");
}

TEST_CASE("the picture has four curves for each initialisation, and draws nothing below 1e-30") {
  const Spread ends{{0, 1, 1e-10, 1e-40}, {0, 1e-20, 1e-10, 1}}, other{{0, 1, 1, 1}, {0, 1, 1, 1}};
  const std::string svg = spread_plot_svg({{"lecture", ends, ends}, {"he", other, other}}, "mlp3 <", "below");
  int curves = 0;
  for (std::size_t at = svg.find("<polyline"); at != std::string::npos; at = svg.find("<polyline", at + 1)) ++curves;
  CHECK(curves == 8);
  CHECK(svg.find("mlp3 &lt;") != std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
  CHECK(svg.find("inf") == std::string::npos);
  // 1, 1e-10 and nothing for 1e-40, between 10^-20 at the bottom (330) and 10^1 at the top (74).
  CHECK(svg.find("points=\"64.0,86.2 234.0,208.1\"/>") != std::string::npos);
}
