#include "src/matrix/vector.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "src/matrix/vector_register.h"

namespace handgrad {

namespace {

void check_length(const char* function, int n) {
  if (n < 0) throw std::invalid_argument(std::string(function) + ": n is " + std::to_string(n) + ", below 0");
}

// |v|, lane by lane.
Vector<most_lanes> absolute(const Vector<most_lanes>& v) {
  return v < 0 ? -v : v;
}

}  // namespace

// Four sums of vectors, so that an addition need not wait for the one before it.
Real dot(int n, const Real* x, const Real* y) {
  check_length("dot", n);
  Vector<most_lanes> sums[4] = {};
  int i = 0;
  for (; i + 4 * most_lanes <= n; i += 4 * most_lanes) {
    for (int s = 0; s < 4; ++s) {
      sums[s] += load<most_lanes>(x + i + s * most_lanes) * load<most_lanes>(y + i + s * most_lanes);
    }
  }
  for (; i + most_lanes <= n; i += most_lanes) sums[0] += load<most_lanes>(x + i) * load<most_lanes>(y + i);
  Real sum = sum_of_lanes<most_lanes>((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; i < n; ++i) sum += x[i] * y[i];
  return sum;
}

void axpy(int n, Real alpha, const Real* x, Real* y) {
  check_length("axpy", n);
  for (int i = 0; i < n; ++i) y[i] += alpha * x[i];
}

void scal(int n, Real alpha, Real* x) {
  check_length("scal", n);
  if (alpha == 0) {
    std::fill(x, x + n, Real(0));
    return;
  }
  for (int i = 0; i < n; ++i) x[i] *= alpha;
}

Real asum(int n, const Real* x) {
  check_length("asum", n);
  Vector<most_lanes> sums[4] = {};
  int i = 0;
  for (; i + 4 * most_lanes <= n; i += 4 * most_lanes) {
    for (int s = 0; s < 4; ++s) sums[s] += absolute(load<most_lanes>(x + i + s * most_lanes));
  }
  for (; i + most_lanes <= n; i += most_lanes) sums[0] += absolute(load<most_lanes>(x + i));
  Real sum = sum_of_lanes<most_lanes>((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; i < n; ++i) sum += std::abs(x[i]);
  return sum;
}

}  // namespace handgrad
