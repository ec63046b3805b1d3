#pragma once

#include <cstdint>
#include <functional>

#include "src/matrix/matrix.h"

namespace handgrad {

// grad_ij = (loss(x_ij + step) - loss(x_ij - step)) / (2 step), the central difference, for every element of
// x; `loss` must compute from x anew at each call. Its error falls with step², but below 1e-6 or so rounding
// takes over.
void numeric_gradient(const std::function<Real()>& loss, Matrix& x, Real step, Matrix& grad);

// Where two matrices of one shape differ most, relative to the larger of the two numbers, or to `floor` where both are
// smaller: a central difference is a difference of two losses, and their rounding does not shrink with the gradient. A
// number that is not finite differs infinitely.
struct WorstElement {
  Real relative_error = 0;
  int row = 0;
  int col = 0;
};
WorstElement worst_element(const Matrix& yours, const Matrix& numeric, Real floor);

// Σ out ⊗ r, a loss whose gradient with respect to out is r.
Real weighted_sum(const Matrix& out, const Matrix& r);

// Numbers between 0.1 and 1 in size, both signs, the same for the same seed: none is near the kink of a ReLU.
Matrix random_matrix(int rows, int cols, std::uint32_t seed);

}  // namespace handgrad
