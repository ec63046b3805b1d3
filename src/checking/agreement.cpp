#include "src/checking/agreement.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace handgrad {

namespace {

constexpr int few = 24;             // elements that are looked at one by one
constexpr int some = 500;           // after an error
constexpr Real smallest = 1e-4;     // the size, relative to the scale, below which errors count as if it were this
constexpr Real negligible = 1e-11;  // far below the bound of an error of such a size

// Whether yours has the shape of x, and as many numbers as that needs.
bool fits(const Question& q) {
  return same_shape(q.yours, q.x) && q.yours.values.size() == q.x.values.size();
}

// The derivative to the right (h > 0) or to the left.
Real one_sided(const Question& q, int k, Real h) {
  const Real here = q.loss(), kept = q.x[k];
  q.x[k] = kept + h;
  const Real there = q.loss();
  q.x[k] = kept;
  return (there - here) / h;
}

// At a kink: yours if it lies between the derivatives of either side.
Real at_kink(const Question& q, int k, Real central) {
  const Real right = one_sided(q, k, Real(1e-6)), left = one_sided(q, k, Real(-1e-6));
  const Real size = std::max(std::abs(right), std::abs(left));
  const bool is_kink = std::abs(right - left) > Real(1e-3) * size;
  const Real rounding = Real(1e-6) * size;
  const bool between = q.yours[k] >= std::min(left, right) - rounding && q.yours[k] <= std::max(left, right) + rounding;
  return is_kink && between ? q.yours[k] : central;
}

Matrix element_by_element(const Question& q, Matrix& uncertainty) {
  Matrix numeric;
  numeric_gradient(q.loss, q.x, numeric, uncertainty, negligible * q.scale);
  for (int k = 0; k < numeric.size() && q.kink_allowed && same_shape(numeric, q.yours); ++k) {
    numeric[k] = at_kink(q, k, numeric[k]);
  }
  return numeric;
}

// A random direction for x, as large as x is; only the elements in [begin, end) move.
Move random_move(const Question& q, int begin, int end, std::uint32_t seed = 77) {
  Move move{&q.x, random_matrix(q.x.rows, q.x.cols, seed)};
  const Real unit = unit_of(q.x);
  for (int k = 0; k < q.x.size(); ++k) move.direction[k] *= k < begin || k >= end ? 0 : unit;
  return move;
}

// How far gradients are from the derivative along a direction of all of them, relative to their size along it. One that
// is large moves less, so that each counts alike.
Agreement along(const std::vector<Question>& questions, std::vector<Move> moves) {
  Real sum = 0, squares = 0, scale = 0;
  for (std::size_t m = 0; m < moves.size(); ++m) {
    const Question& q = questions[m];
    Matrix& direction = moves[m].direction;
    const Real size = largest_size(q.yours);
    for (int k = 0; k < direction.size(); ++k) {
      if (size > 1) direction[k] /= size;
      const Real part = direction[k] * q.yours[k];
      sum += part;
      squares += part * part;
    }
    scale = std::max(scale, q.scale / std::max(size, Real(1)));
  }
  const Derivative numeric = derivative_along(questions[0].loss, moves, negligible * scale);
  const Real size = std::max({std::sqrt(squares), std::abs(numeric.value), smallest * scale});
  const Real error = std::max(std::abs(sum - numeric.value) - numeric.uncertainty, Real(0));
  const bool finite = std::isfinite(sum) && std::isfinite(numeric.value);
  return {finite ? size > 0 ? error / size : 0 : std::numeric_limits<Real>::infinity(), std::abs(numeric.value)};
}

Agreement along_part(const Question& q, int begin, int end) {
  return along({q}, {random_move(q, begin, end)});
}

}  // namespace

Agreement agreement(const Question& q) {
  if (!fits(q)) return {std::numeric_limits<Real>::infinity(), 1};
  if (q.x.size() > few || !q.one_by_one) return along_part(q, 0, q.x.size());
  Matrix uncertainty;
  const Matrix numeric = element_by_element(q, uncertainty);
  const Real largest = largest_size(numeric);
  const Real floor = std::max(largest / 100, smallest * q.scale);
  Agreement answer{0, largest};
  for (int k = 0; k < numeric.size(); ++k) {
    const Real size = std::max({std::abs(q.yours[k]), std::abs(numeric[k]), floor});
    const Real difference = std::abs(q.yours[k] - numeric[k]) - std::min(uncertainty[k], size / 100);
    Real error = size > 0 ? std::max(difference, Real(0)) / size : 0;
    if (!std::isfinite(q.yours[k]) || !std::isfinite(numeric[k])) error = std::numeric_limits<Real>::infinity();
    answer.error = std::max(answer.error, error);
  }
  return answer;
}

Agreement joint_agreement(const std::vector<Question>& questions) {
  std::vector<Move> moves;
  for (const Question& q : questions) {
    if (!fits(q)) return {std::numeric_limits<Real>::infinity(), 1};
    // Another direction for each, so that gradients of one shape cannot be taken for each other.
    moves.push_back(random_move(q, 0, q.x.size(), static_cast<std::uint32_t>(77 + moves.size())));
  }
  return along(questions, moves);
}

Matrix numeric_for_diagnosis(const Question& q) {
  Matrix uncertainty;
  if (!fits(q)) return Matrix(q.x.rows, q.x.cols);
  if (q.x.size() <= some) return element_by_element(q, uncertainty);
  int begin = 0, end = q.x.size();
  while (end - begin > 1) {
    const int middle = begin + (end - begin) / 2;
    const bool in_first_half = along_part(q, begin, middle).error >= along_part(q, middle, end).error;
    (in_first_half ? end : begin) = middle;
  }
  const Derivative d = derivative([&](Real h) {
    const Real kept = q.x[begin];
    q.x[begin] = kept + h;
    const Real loss = q.loss();
    q.x[begin] = kept;
    return loss;
  });
  Matrix numeric = q.yours;
  numeric[begin] = d.value;
  return numeric;
}

}  // namespace handgrad
