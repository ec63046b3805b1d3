#include "src/matrix/vector.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace handgrad {

namespace {

void check_length(const char* function, int n) {
  if (n < 0) throw std::invalid_argument(std::string(function) + ": n is " + std::to_string(n) + ", below 0");
}

}  // namespace

Real dot(int n, const Real* x, const Real* y) {
  check_length("dot", n);
  Real sum = 0;
  for (int i = 0; i < n; ++i) sum += x[i] * y[i];
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
  Real sum = 0;
  for (int i = 0; i < n; ++i) sum += std::abs(x[i]);
  return sum;
}

}  // namespace handgrad
