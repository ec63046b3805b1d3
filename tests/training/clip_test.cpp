#include "src/training/clip.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace handgrad;

namespace {

constexpr Real endless = std::numeric_limits<Real>::infinity();

// The gradients (3, 0) and (-4), and a parameter that has none.
struct Clipped {
  Matrix w1{{7, 7}}, gamma{{7}}, w2{{7}}, grad1, grad2;
  std::vector<Parameter> parameters;

  Clipped(const Matrix& of_w1, const Matrix& of_w2)
      : grad1(of_w1),
        grad2(of_w2),
        parameters{{"fc1_weight", &w1, &grad1}, {"bn1_gamma", &gamma}, {"fc2_weight", &w2, &grad2}} {}
};

}  // namespace

TEST_CASE("clip_gradients by hand: the norm of (3, 0) and (-4) is 5; a bound of 2.5 halves both") {
  Clipped c(Matrix{{3, 0}}, Matrix{{-4}});
  CHECK(clip_gradients(c.parameters, 2.5) == 5);
  CHECK(c.grad1.values == std::vector<Real>{1.5, 0});
  CHECK(c.grad2.values == std::vector<Real>{-2});
  CHECK(c.w1.values == std::vector<Real>{7, 7});
  CHECK(c.gamma.values == std::vector<Real>{7});
  CHECK(clip_gradients(c.parameters, 2.5) == 2.5);  // and no more
  CHECK(c.grad1.values == std::vector<Real>{1.5, 0});
}

TEST_CASE("clip_gradients leaves a norm of the bound, and one below it, as it is") {
  for (const double bound : {5.0, 5.5, 1e300}) {
    Clipped c(Matrix{{3, 0}}, Matrix{{-4}});
    CHECK(clip_gradients(c.parameters, bound) == 5);
    CHECK(c.grad1.values == std::vector<Real>{3, 0});
    CHECK(c.grad2.values == std::vector<Real>{-4});
  }
}

TEST_CASE("clip_gradients finds the norm where the squares of floats overflow or vanish") {
  Clipped large(Matrix{{Real(3e30), 0}}, Matrix{{Real(-4e30)}});
  CHECK(clip_gradients(large.parameters, 1) / 5e30 == doctest::Approx(1).epsilon(1e-6));
  CHECK(large.grad1(0, 0) == doctest::Approx(0.6).epsilon(1e-6));
  CHECK(large.grad2(0, 0) == doctest::Approx(-0.8).epsilon(1e-6));
  // bound / norm is below the smallest float.
  Clipped more(Matrix{{Real(3e37), 0}}, Matrix{{Real(-4e37)}});
  clip_gradients(more.parameters, 1e-9);
  CHECK(more.grad2(0, 0) / Real(-8e-10) == doctest::Approx(1).epsilon(1e-6));
  Clipped small(Matrix{{Real(3e-30), 0}}, Matrix{{Real(-4e-30)}});
  CHECK(clip_gradients(small.parameters, 5e-31) / 5e-30 == doctest::Approx(1).epsilon(1e-6));
  CHECK(small.grad2(0, 0) / Real(-4e-31) == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE("clip_gradients leaves gradients that are infinite or no number, for train to tell") {
  Clipped infinite(Matrix{{3, -endless}}, Matrix{{-4}});
  CHECK(clip_gradients(infinite.parameters, 1) == std::numeric_limits<double>::infinity());
  CHECK(infinite.grad1.values == std::vector<Real>{3, -endless});
  CHECK(infinite.grad2(0, 0) == -4);
  Clipped none(Matrix{{3, std::numeric_limits<Real>::quiet_NaN()}}, Matrix{{-4}});
  CHECK(std::isnan(clip_gradients(none.parameters, 1)));
  CHECK(none.grad1(0, 0) == 3);
  CHECK(std::isnan(none.grad1(0, 1)));
  CHECK(none.grad2(0, 0) == -4);
}
