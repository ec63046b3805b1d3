#include "src/layers/concat.h"

#include <doctest/doctest.h>

#include "tests/layers/check_equal.h"

using namespace handgrad;

TEST_CASE("concat_forward puts the columns of x before those of h") {
  Matrix r;
  concat_forward(Matrix{{1, 2}, {3, 4}}, Matrix{{5}, {6}}, r);
  check_equal(r, Matrix{{1, 2, 5}, {3, 4, 6}});
}

TEST_CASE("concat_backward cuts where concat_forward joined") {
  Matrix grad_x, grad_h;
  concat_backward(Matrix(2, 2), Matrix(2, 1), Matrix{{10, 20, 30}, {40, 50, 60}}, grad_x, grad_h);
  check_equal(grad_x, Matrix{{10, 20}, {40, 50}});
  check_equal(grad_h, Matrix{{30}, {60}});
}

TEST_CASE("concat says which shapes do not fit") {
  Matrix r, grad_x, grad_h;
  CHECK_THROWS_WITH(concat_forward(Matrix(20, 3), Matrix(19, 4), r),
                    "concat_forward: x is 20×3 but h is 19×4: h needs 20 rows");
  CHECK_THROWS_WITH(concat_backward(Matrix(20, 3), Matrix(20, 4), Matrix(20, 8), grad_x, grad_h),
                    "concat_backward: x is 20×3 but grad_r is 20×8: grad_r needs 7 columns");
}

TEST_CASE("concat refuses an output that is an input") {
  const std::string reason = ": an output must not be an input of the same call";
  Matrix x{{1, 2}}, h{{3}}, grad_r{{1, 2, 3}}, grad_h;
  CHECK_THROWS_WITH(concat_forward(x, h, x), ("concat_forward: r is x" + reason).c_str());
  CHECK_THROWS_WITH(concat_forward(x, h, h), ("concat_forward: r is h" + reason).c_str());
  CHECK_THROWS_WITH(concat_backward(x, h, grad_r, grad_r, grad_h),
                    ("concat_backward: grad_x is grad_r" + reason).c_str());
  check_equal(x, Matrix{{1, 2}});
  check_equal(grad_r, Matrix{{1, 2, 3}});
}
