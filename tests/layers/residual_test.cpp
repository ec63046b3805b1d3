#include "src/layers/residual.h"

#include <doctest/doctest.h>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("residual_forward adds, residual_backward copies to both branches") {
  Matrix r, grad_h, grad_skip;
  residual_forward(Matrix{{1, 2}, {3, 4}}, Matrix{{10, 20}, {30, 40}}, r);
  check_equal(r, Matrix{{11, 22}, {33, 44}});
  const Matrix grad_r{{5, -6}, {7, 8}};
  residual_backward(grad_r, grad_h, grad_skip);
  check_equal(grad_h, grad_r);
  check_equal(grad_skip, grad_r);
}

TEST_CASE("residual_forward says which shapes do not fit") {
  Matrix r;
  CHECK_THROWS_WITH(residual_forward(Matrix(20, 10), Matrix(20, 4), r),
                    "residual_forward: h is 20×10 but x is 20×4: x needs 10 columns");
}
