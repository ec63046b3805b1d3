#include <doctest/doctest.h>

#include <cmath>

#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/leaky_relu.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/sigmoid.h"
#include "src/layers/softmax.h"
#include "src/layers/squared_loss.h"
#include "tests/layers/check_equal.h"

// The numbers of the worked examples in the handouts of lessons 3 to 6, computed by the functions that they explain.
// Most are chosen so that a float holds every one of them.

using namespace handgrad;

namespace {

void check_near(const Matrix& found, const Matrix& expected) {
  REQUIRE(found.rows == expected.rows);
  REQUIRE(found.cols == expected.cols);
  for (int k = 0; k < found.size(); ++k) {
    CAPTURE(k);
    CHECK(found[k] == doctest::Approx(expected[k]).epsilon(1e-5));
  }
}

// x W, without a bias.
Matrix product(const Matrix& x, const Matrix& W) {
  Matrix l;
  fully_connected_forward(x, W, Matrix(1, W.cols), l);
  return l;
}

// value D: only where the unit was on.
Matrix masked(const Matrix& l, const Matrix& value) {
  Matrix result;
  relu_backward(l, value, result);
  return result;
}

}  // namespace

// ---- Lesson 3 -------------------------------------------------------------------------------------------------------

TEST_CASE("lesson 3: the block in numbers") {
  const Matrix x{{1, 2}, {3, -1}}, W{{1, -1}, {2, 1}}, b{{0, 0}}, grad_r{{1, 2}, {3, 4}};
  Matrix l, h, r;
  fully_connected_forward(x, W, b, l);
  check_equal(l, {{5, 1}, {1, -4}});
  relu_forward(l, h);
  check_equal(h, {{5, 1}, {1, 0}});
  residual_forward(h, x, r);
  check_equal(r, {{6, 3}, {4, -1}});

  Matrix grad_h, grad_skip, grad_l, grad_W, grad_b, part, grad_x;
  residual_backward(grad_r, grad_h, grad_skip);
  relu_backward(l, grad_h, grad_l);
  check_equal(grad_l, {{1, 2}, {3, 0}});
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, part);
  check_equal(grad_W, {{10, 2}, {-1, 4}});
  check_equal(grad_b, {{4, 2}});
  check_equal(part, {{-1, 4}, {3, 6}});
  add(part, grad_skip, grad_x);
  check_equal(grad_x, {{0, 6}, {6, 10}});
}

TEST_CASE("lesson 3: the four paths of l_3 in numbers") {
  const Matrix x{{1, 2}}, W1{{1, -1}, {0, -1}}, W2{{-1, 1}, {0, 1}}, W3{{1, 2}, {1, -1}};
  const Matrix l1 = product(x, W1);
  check_equal(l1, {{1, -3}});
  Matrix h1, r1, h2, r2;
  relu_forward(l1, h1);
  residual_forward(h1, x, r1);
  check_equal(r1, {{2, 2}});
  const Matrix l2 = product(r1, W2);
  check_equal(l2, {{-2, 4}});
  relu_forward(l2, h2);
  residual_forward(h2, r1, r2);
  check_equal(r2, {{2, 6}});
  check_equal(product(r2, W3), {{8, -2}});

  check_equal(product(x, W3), {{3, 0}});                             // past both
  check_equal(product(h1, W3), {{1, 2}});                            // through layer 1
  check_equal(product(masked(l2, product(x, W2)), W3), {{3, -3}});   // through layer 2
  check_equal(product(masked(l2, product(h1, W2)), W3), {{1, -1}});  // through both
}

TEST_CASE("lesson 3: how many paths there are and how long they are") {
  CHECK(std::ldexp(1, 24) == 16777216);
  CHECK(std::ldexp(1, 999) == doctest::Approx(5.36e300).epsilon(1e-3));
  // Of 2^m paths C(m, k) pass k layers.
  const auto share_of_paths = [](int m, int from, int to) {
    double share = 0;
    for (int k = from; k <= to; ++k) {
      share += std::exp(std::lgamma(m + 1) - std::lgamma(k + 1) - std::lgamma(m - k + 1) - m * std::log(2.0));
    }
    return share;
  };
  CHECK(share_of_paths(999, 0, 999) == doctest::Approx(1));
  CHECK(share_of_paths(999, 450, 549) == doctest::Approx(0.998).epsilon(1e-3));
}

// ---- Lesson 4 -------------------------------------------------------------------------------------------------------

TEST_CASE("lesson 4: the block in numbers") {
  const Matrix x{{1, 2}, {3, -1}}, W{{1}, {2}}, b{{0}}, grad_r{{1, 2, 3}, {4, 5, 6}};
  Matrix l, h, r;
  fully_connected_forward(x, W, b, l);
  relu_forward(l, h);
  check_equal(h, {{5}, {1}});
  concat_forward(x, h, r);
  check_equal(r, {{1, 2, 5}, {3, -1, 1}});

  Matrix grad_skip, grad_h, grad_l, grad_W, grad_b, part, grad_x;
  concat_backward(x, h, grad_r, grad_skip, grad_h);
  check_equal(grad_skip, {{1, 2}, {4, 5}});
  check_equal(grad_h, {{3}, {6}});
  relu_backward(l, grad_h, grad_l);
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, part);
  check_equal(grad_W, {{21}, {0}});
  check_equal(grad_b, {{9}});
  check_equal(part, {{3, 6}, {6, 12}});
  add(part, grad_skip, grad_x);
  check_equal(grad_x, {{4, 8}, {10, 17}});
}

// ---- Lesson 5 -------------------------------------------------------------------------------------------------------

TEST_CASE("lesson 5: the LeakyReLU in numbers and at its kink") {
  const Real slope = Real(0.25);
  const Matrix l{{2, -4}, {-1, 0}}, grad_h{{1, 2}, {3, 4}};
  Matrix h, grad_l;
  leaky_relu_forward(l, slope, h);
  check_equal(h, {{2, -1}, {-0.25, 0}});
  leaky_relu_backward(l, slope, grad_h, grad_l);
  check_equal(grad_l, {{1, 0.5}, {0.75, 1}});

  // The difference quotients at 0, with the step 1/2.
  Matrix right, left;
  leaky_relu_forward({{0.5}}, slope, right);
  leaky_relu_forward({{-0.5}}, slope, left);
  CHECK(right[0] / Real(0.5) == 1);
  CHECK(left[0] / Real(-0.5) == slope);
  CHECK(right[0] - left[0] == Real(0.625));  // the central one, over 2 × 1/2
}

// ---- Lesson 6 -------------------------------------------------------------------------------------------------------

TEST_CASE("lesson 6: the sigmoid in numbers") {
  const Real ln3 = std::log(Real(3)), ln9 = std::log(Real(9));
  Matrix h, grad_l;
  sigmoid_forward({{0, ln3}, {-ln3, ln9}}, h);
  check_near(h, {{0.5, 0.75}, {Real(0.25), Real(0.9)}});
  sigmoid_backward(h, {{1, 2}, {4, 10}}, grad_l);
  check_near(grad_l, {{0.25, 0.375}, {Real(0.75), Real(0.9)}});
}

TEST_CASE("lesson 6: the two losses in numbers") {
  const Matrix o{{0.75, 0.25}, {0.5, 0.5}}, y{{1, 0}, {0, 1}};
  Matrix grad_o, grad_l;
  CHECK(squared_loss_forward(o, y) == Real(0.15625));
  squared_loss_backward(o, y, grad_o);
  check_equal(grad_o, {{-0.125, 0.125}, {0.25, -0.25}});
  softmax_backward(o, grad_o, grad_l);
  check_equal(grad_l, {{-0.046875, 0.046875}, {0.125, -0.125}});

  log_loss_backward(o, y, grad_o);
  softmax_backward(o, grad_o, grad_l);
  check_near(grad_l, {{-0.0625, 0.0625}, {0.125, -0.125}});  // (o - y) / (2 × 2)
}
