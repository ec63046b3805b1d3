#include "src/checking/numeric_gradient.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace handgrad {

namespace {

constexpr Real first_step = 1e-4;
constexpr Real last_step = 1e-13;
constexpr Real settled = 1e-8;  // relative to the derivative

}  // namespace

Derivative derivative(const std::function<Real(Real)>& f, Real enough) {
  Derivative best{std::numeric_limits<Real>::quiet_NaN(), std::numeric_limits<Real>::infinity()};
  Real h = first_step;
  while (h > last_step) {
    const Real above = f(h), half_above = f(h / 2), half_below = f(-h / 2), below = f(-h);
    const Real coarse = (above - below) / (2 * h), fine = (half_above - half_below) / h;
    const Real value = (4 * fine - coarse) / 3;
    const Real uncertainty = std::abs(value - fine);
    const Real rounding = 4 * std::numeric_limits<Real>::epsilon() * std::abs(above) / h;
    if (uncertainty < best.uncertainty) best = {value, uncertainty};
    if (best.uncertainty <= std::max({settled * std::abs(best.value), rounding, enough})) break;
    h /= 16;
  }
  return best;
}

Real unit_of(const Matrix& x) {
  return std::max(Real(1), largest_size(x));
}

void numeric_gradient(const std::function<Real()>& loss, Matrix& x, Matrix& grad, Matrix& uncertainty, Real enough) {
  grad.resize(x.rows, x.cols);
  uncertainty.resize(x.rows, x.cols);
  const Real unit = unit_of(x);
  for (int k = 0; k < x.size(); ++k) {
    const Real kept = x[k];
    const auto moved = [&](Real h) {
      x[k] = kept + h * unit;
      return loss();
    };
    const Derivative d = derivative(moved, enough * unit);
    x[k] = kept;
    grad[k] = d.value / unit;
    uncertainty[k] = d.uncertainty / unit;
  }
}

Derivative derivative_along(const std::function<Real()>& loss, const std::vector<Move>& moves, Real enough) {
  std::vector<Matrix> kept;
  for (const Move& move : moves) kept.push_back(*move.x);
  const auto moved = [&](Real h) {
    for (std::size_t m = 0; m < moves.size(); ++m) {
      Matrix& x = *moves[m].x;
      for (int k = 0; k < x.size(); ++k) x[k] = kept[m][k] + h * moves[m].direction[k];
    }
    return loss();
  };
  const Derivative d = derivative(moved, enough);
  for (std::size_t m = 0; m < moves.size(); ++m) *moves[m].x = kept[m];
  return d;
}

WorstElement worst_element(const Matrix& yours, const Matrix& numeric, Real floor) {
  check_shape("worst_element", "numeric", numeric, "yours", yours, numeric.rows, numeric.cols);
  WorstElement worst;
  for (int i = 0; i < numeric.rows; ++i) {
    for (int j = 0; j < numeric.cols; ++j) {
      const Real size = std::max({std::abs(yours(i, j)), std::abs(numeric(i, j)), floor});
      Real error = size > 0 ? std::abs(yours(i, j) - numeric(i, j)) / size : 0;
      if (!std::isfinite(yours(i, j)) || !std::isfinite(numeric(i, j))) error = std::numeric_limits<Real>::infinity();
      if (error > worst.relative_error) worst = {error, i, j};
    }
  }
  return worst;
}

Real relative_error(const Matrix& yours, const Matrix& numeric, Real floor) {
  if (!same_shape(yours, numeric)) return std::numeric_limits<Real>::infinity();
  return worst_element(yours, numeric, floor).relative_error;
}

Real largest_size(const Matrix& m) {
  Real largest = 0;
  for (const Real value : m.values) largest = std::max(largest, std::abs(value));
  return largest;
}

Real weighted_sum(const Matrix& out, const Matrix& r) {
  check_shape("weighted_sum", "out", out, "r", r, out.rows, out.cols);
  Real sum = 0;
  for (int k = 0; k < out.size(); ++k) sum += out[k] * r[k];
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
