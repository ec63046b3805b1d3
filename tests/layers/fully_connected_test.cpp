#include "src/layers/fully_connected.h"

#include <doctest/doctest.h>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("fully_connected_forward computes l = x W + b") {
  const Matrix x{{1, 2}, {3, 4}}, W{{1, 0, -1}, {2, 1, 0.5}}, b{{10, 20, 30}};
  Matrix l;
  fully_connected_forward(x, W, b, l);
  check_equal(l, Matrix{{15, 22, 30}, {21, 24, 29}});
}

TEST_CASE("fully_connected_backward computes the three products of section 2 (1)") {
  const Matrix x{{1, 2}, {3, 4}}, W{{1, 0, -1}, {2, 1, 0.5}}, grad_l{{1, 0, 2}, {0, -1, 1}};
  Matrix grad_W, grad_b, grad_x;
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_x);
  check_equal(grad_W, Matrix{{1, -3, 5}, {2, -4, 8}});
  check_equal(grad_b, Matrix{{1, -1, 3}});
  check_equal(grad_x, Matrix{{-1, 3}, {-1, -0.5}});
}

TEST_CASE("fully_connected_backward_parameters computes the first two of them") {
  const Matrix x{{1, 2}, {3, 4}}, grad_l{{1, 0, 2}, {0, -1, 1}};
  Matrix grad_W(7, 7, 9), grad_b(7, 7, 9);
  fully_connected_backward_parameters(x, grad_l, grad_W, grad_b);
  check_equal(grad_W, Matrix{{1, -3, 5}, {2, -4, 8}});
  check_equal(grad_b, Matrix{{1, -1, 3}});
}

TEST_CASE("fully_connected overwrites what its outputs held") {
  const Matrix x{{1, 2}}, W{{3}, {4}}, b{{5}}, grad_l{{2}};
  Matrix l(7, 7, 9), grad_W(7, 7, 9), grad_b(7, 7, 9), grad_x(7, 7, 9);
  fully_connected_forward(x, W, b, l);
  fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_x);
  check_equal(l, Matrix{{16}});
  check_equal(grad_W, Matrix{{2}, {4}});
  check_equal(grad_b, Matrix{{2}});
  check_equal(grad_x, Matrix{{6, 8}});
}

TEST_CASE("fully_connected says which shapes do not fit") {
  Matrix l, grad_W, grad_b, grad_x;
  CHECK_THROWS_WITH(fully_connected_forward(Matrix(20, 4), Matrix(10, 10), Matrix(1, 10), l),
                    "fully_connected_forward: x is 20×4 but W is 10×10: W needs 4 rows");
  CHECK_THROWS_WITH(fully_connected_forward(Matrix(20, 4), Matrix(4, 10), Matrix(10, 1), l),
                    "fully_connected_forward: W is 4×10 but b is 10×1: b needs 1 row and 10 columns");
  CHECK_THROWS_WITH(fully_connected_backward(Matrix(20, 4), Matrix(3, 10), Matrix(20, 10), grad_W, grad_b, grad_x),
                    "fully_connected_backward: x is 20×4 but W is 3×10: W needs 4 rows");
  CHECK_THROWS_WITH(fully_connected_backward(Matrix(20, 4), Matrix(4, 10), Matrix(19, 10), grad_W, grad_b, grad_x),
                    "fully_connected_backward: x is 20×4 but grad_l is 19×10: grad_l needs 20 rows");
  CHECK_THROWS_WITH(fully_connected_backward(Matrix(20, 4), Matrix(4, 10), Matrix(20, 9), grad_W, grad_b, grad_x),
                    "fully_connected_backward: W is 4×10 but grad_l is 20×9: grad_l needs 10 columns");
  CHECK_THROWS_WITH(fully_connected_backward_parameters(Matrix(20, 4), Matrix(19, 10), grad_W, grad_b),
                    "fully_connected_backward_parameters: x is 20×4 but grad_l is 19×10: grad_l needs 20 rows");
}

TEST_CASE("fully_connected refuses an output that is an input") {
  const std::string reason = ": an output must not be an input of the same call";
  Matrix x{{1, 2}}, W{{1, 2}, {3, 4}}, b{{5, 6}}, grad_l{{7, 8}}, grad_W, grad_b, grad_x;
  CHECK_THROWS_WITH(fully_connected_forward(x, W, b, b), ("fully_connected_forward: l is b" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_forward(x, W, b, x), ("gemm: C is A" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward(x, W, grad_l, W, grad_b, grad_x),
                    ("fully_connected_backward: grad_W is W" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward(x, W, grad_l, grad_W, W, grad_x),
                    ("fully_connected_backward: grad_b is W" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward(x, W, grad_l, grad_W, grad_l, grad_x),
                    ("fully_connected_backward: grad_b is grad_l" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward(x, W, grad_l, grad_W, grad_b, grad_l), ("gemm: C is A" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward_parameters(x, grad_l, grad_W, grad_l),
                    ("fully_connected_backward_parameters: grad_b is grad_l" + reason).c_str());
  CHECK_THROWS_WITH(fully_connected_backward_parameters(x, grad_l, x, grad_b), ("gemm: C is A" + reason).c_str());
  check_equal(x, Matrix{{1, 2}});
  check_equal(W, Matrix{{1, 2}, {3, 4}});
  check_equal(b, Matrix{{5, 6}});
}
