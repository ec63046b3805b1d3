#include "src/training/initialisation.h"

#include <doctest/doctest.h>

#include <random>

using namespace handgrad;

namespace {

// A weight drawn as the lecture's MXNet draws it, from one 32-bit number.
float weight_from(std::mt19937& generator) {
  const volatile float share = static_cast<float>(generator()) / 4294967296.0f;
  const volatile float scaled = 0.02f * share;  // volatile: rounded here, on any machine
  return -0.01f + scaled;
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
