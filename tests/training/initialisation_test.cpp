#include "src/training/initialisation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "src/io/text.h"

using namespace handgrad;

namespace {

// A weight drawn as the lecture's MXNet draws it, from one 32-bit number.
float weight_from(std::mt19937& generator, float range = 0.01f) {
  const volatile float share = static_cast<float>(generator()) / 4294967296.0f;
  const volatile float scaled = 2 * range * share;  // volatile: rounded here, on any machine
  return -range + scaled;
}

}  // namespace

TEST_CASE("the first weights are those of mx.set.seed(0): 0.5488135, 0.5928446, 0.71518934 of [0, 1)") {
  Matrix W(4, 10);
  initialise({{"fc1_weight", &W}}, 0);
  CHECK(W(0, 0) == -0.01f + 0.02f * 0.5488135f);
  CHECK(W(1, 0) == doctest::Approx(-0.01 + 0.02 * 0.5928446).epsilon(1e-6));
  CHECK(W(2, 0) == doctest::Approx(-0.01 + 0.02 * 0.71518934).epsilon(1e-6));
}

TEST_CASE("weights are filled output by output, in pieces from one generator each, which go on") {
  Matrix first(4, 10), second(10, 10), third(10, 3);
  initialise({{"fc1_weight", &first}, {"fc2_weight", &second}, {"fc3_weight", &third}}, 5);

  std::mt19937 generator0(5), generator1(6);
  for (int i = 0; i < 10; ++i) {  // 40 numbers: one piece
    for (int j = 0; j < 4; ++j) REQUIRE(first(j, i) == weight_from(generator0));
  }
  for (int i = 0; i < 10; ++i) {  // 100 numbers: two pieces of 50
    for (int j = 0; j < 10; ++j) REQUIRE(second(j, i) == weight_from(i < 5 ? generator0 : generator1));
  }
  for (int i = 0; i < 3; ++i) {  // 30 numbers: one piece
    for (int j = 0; j < 10; ++j) REQUIRE(third(j, i) == weight_from(generator0));
  }
}

TEST_CASE("a weight is cut into pieces of one length, at most 64, of which the last may be shorter") {
  struct Cut {
    int rows, cols;
    std::vector<int> pieces;
  };
  const std::vector<Cut> cuts{
      {8, 8, {64}}, {5, 13, {33, 32}}, {3, 43, {43, 43, 43}}, {5, 26, {44, 44, 42}}, {0, 3, {}}};
  for (const Cut& cut : cuts) {
    Matrix W(cut.rows, cut.cols);
    initialise({{"fc1_weight", &W}}, 0);
    int number = 0;
    std::uint32_t seed = 0;
    for (const int length : cut.pieces) {
      std::mt19937 generator(seed++);
      for (int t = 0; t < length; ++t, ++number) {
        REQUIRE(W(number % cut.rows, number / cut.rows) == weight_from(generator));
      }
    }
    CHECK(number == W.size());
  }
}

TEST_CASE("a large weight is cut into no more than 1024 pieces, longer ones") {
  Matrix W(260, 256);  // 66560 numbers: 1024 pieces of 65
  initialise({{"fc1_weight", &W}}, 3);
  for (const int piece : {0, 1, 1022, 1023}) {
    std::mt19937 generator(3 + static_cast<std::uint32_t>(piece));
    for (int number = piece * 65; number < (piece + 1) * 65; ++number) {
      REQUIRE(W(number % 260, number / 260) == weight_from(generator));
    }
  }
}

// MXNet's LaunchRNG: ceil(N / 64) pieces, no more than 1024, of ceil(N / pieces) numbers. So 256×256 has the last width
// with pieces of 64; 257×257 has pieces of 65, which 1017 generators draw; 1000×1000 has 1024 of 977. The numbers are
// from another program.
TEST_CASE("widths from 257 on draw the numbers of MXNet's 1024 generators") {
  struct Drawn {
    int width, input, output;
    float weight;
  };
  const std::vector<Drawn> all{
      {256, 0, 0, 0.000976270065f},    {256, 63, 0, 0.00473836251f},      {256, 64, 0, -0.00165956002f},
      {256, 0, 128, -0.00785408262f},  {256, 255, 255, -0.000287840143f}, {257, 0, 0, 0.000976270065f},
      {257, 64, 0, -0.000876993872f},  {257, 65, 0, -0.00165956002f},     {257, 128, 128, -0.00177881215f},
      {257, 256, 256, 0.00401478261f}, {1000, 0, 0, 0.000976270065f},     {1000, 976, 0, 0.00935589336f},
      {1000, 977, 0, -0.00165956002f}, {1000, 0, 500, 0.00569618493f},    {1000, 999, 999, -0.00108618941f}};
  for (const Drawn& drawn : all) {
    CAPTURE(drawn.width);
    Matrix W(drawn.width, drawn.width);
    initialise({{"fc1_weight", &W}}, 0);
    CHECK(W(drawn.input, drawn.output) == drawn.weight);
  }
}

TEST_CASE("the range of the initial weights, by the layer's inputs and outputs") {
  CHECK(init_range(Init::lecture, 4, 10) == 0.01);
  CHECK(init_range(Init::lecture, 10, 3) == 0.01);
  CHECK(init_range(Init::glorot, 4, 20) == 0.5);
  CHECK(init_range(Init::glorot, 20, 4) == 0.5);
  CHECK(init_range(Init::glorot, 10, 10) == doctest::Approx(std::sqrt(0.3)));
  CHECK(init_range(Init::he, 24, 1) == 0.5);
  CHECK(init_range(Init::he, 24, 100) == 0.5);
  CHECK(init_range(Init::he, 10, 3) == doctest::Approx(std::sqrt(0.6)));
  CHECK(joined(init_names(), " ") == "lecture glorot he");
  CHECK(init_name(Init::lecture) == "lecture");
  CHECK(init_name(Init::glorot) == "glorot");
  CHECK(init_name(Init::he) == "he");
}

TEST_CASE("glorot and he draw the lecture's numbers, scaled for each layer to its range; biases stay 0") {
  for (const Init init : {Init::lecture, Init::glorot, Init::he}) {
    Matrix first(4, 20), second(20, 4), bias(1, 4, 7);
    initialise({{"fc1_weight", &first}, {"fc2_weight", &second}, {"fc2_bias", &bias}}, 5, init);
    const float wide = static_cast<float>(init_range(init, 4, 20)), high = static_cast<float>(init_range(init, 20, 4));
    std::mt19937 generator0(5), generator1(6);  // 80 numbers: two pieces of 40
    for (int k = 0; k < 80; ++k) REQUIRE(first(k % 4, k / 4) == weight_from(k < 40 ? generator0 : generator1, wide));
    for (int k = 0; k < 80; ++k) REQUIRE(second(k % 20, k / 20) == weight_from(k < 40 ? generator0 : generator1, high));
    CHECK(bias.values == std::vector<Real>{0, 0, 0, 0});
  }
}

TEST_CASE("biases, betas and moving means begin at 0, gammas and moving variances at 1") {
  Matrix bias(1, 3, 7), beta(1, 3, 7), gamma(1, 3, 7), mean(1, 3, 7), var(1, 3, 7);
  initialise({{"fc1_bias", &bias},
              {"bn1_gamma", &gamma},
              {"bn1_beta", &beta},
              {"bn1_moving_mean", &mean},
              {"bn1_moving_var", &var}},
             0);
  for (const Matrix* zero : {&bias, &beta, &mean}) CHECK(zero->values == std::vector<Real>{0, 0, 0});
  for (const Matrix* one : {&gamma, &var}) CHECK(one->values == std::vector<Real>{1, 1, 1});
}

TEST_CASE("a parameter without a rule is refused by name") {
  Matrix m(1, 1);
  CHECK_THROWS_WITH(
      initialise({{"fc1_wieght", &m}}, 0),
      "initialise: no rule for fc1_wieght: expected a weight, bias, gamma, beta, moving_mean or moving_var");
}
