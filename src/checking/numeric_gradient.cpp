#include "src/checking/numeric_gradient.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace handgrad {

void numeric_gradient(const std::function<Real()>& loss, Matrix& x, Real step, Matrix& grad) {
  grad.resize(x.rows, x.cols);
  for (int i = 0; i < x.rows; ++i) {
    for (int j = 0; j < x.cols; ++j) {
      const Real kept = x(i, j);
      x(i, j) = kept + step;
      const Real above = loss();
      x(i, j) = kept - step;
      const Real below = loss();
      x(i, j) = kept;
      grad(i, j) = (above - below) / (2 * step);
    }
  }
}

WorstElement worst_element(const Matrix& yours, const Matrix& numeric, Real floor) {
  check_shape("worst_element", "numeric", numeric, "yours", yours, numeric.rows, numeric.cols);
  WorstElement worst;
  for (int i = 0; i < numeric.rows; ++i) {
    for (int j = 0; j < numeric.cols; ++j) {
      const Real size = std::max({std::abs(yours(i, j)), std::abs(numeric(i, j)), floor});
      Real error = std::abs(yours(i, j) - numeric(i, j)) / size;
      if (!std::isfinite(yours(i, j)) || !std::isfinite(numeric(i, j))) error = std::numeric_limits<Real>::infinity();
      if (error > worst.relative_error) worst = {error, i, j};
    }
  }
  return worst;
}

Real weighted_sum(const Matrix& out, const Matrix& r) {
  check_shape("weighted_sum", "out", out, "r", r, out.rows, out.cols);
  Real sum = 0;
  for (int i = 0; i < out.rows; ++i) {
    for (int j = 0; j < out.cols; ++j) sum += out(i, j) * r(i, j);
  }
  return sum;
}

Matrix random_matrix(int rows, int cols, std::uint32_t seed) {
  std::mt19937 generator(seed);
  Matrix m(rows, cols);
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < cols; ++j) {
      const Real size = Real(0.1) + Real(0.9) * static_cast<Real>(generator()) / Real(4294967296.0);
      m(i, j) = generator() % 2 == 0 ? size : -size;
    }
  }
  return m;
}

}  // namespace handgrad
