#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

// A derivative found by differences of a function's values, and how far off it may be.
struct Derivative {
  Real value;
  Real uncertainty;
};

// The derivative of f at 0 by central differences, D(h) = (f(h) - f(-h)) / (2 h), at two step sizes. What their errors
// have in common goes: (4 D(h/2) - D(h)) / 3. Where the two differ much, a kink or a pole is near, and both become
// smaller, until the uncertainty is at most `enough`, or small beside the value. The value is NaN if f is NaN at every
// step size.
Derivative derivative(const std::function<Real(Real)>& f, Real enough = 0);

// The same for every element of x, of a loss that computes from x anew at each call: grad_ij is the derivative of
// loss(x_ij + h) by h. `uncertainty` is as large as grad.
void numeric_gradient(const std::function<Real()>& loss, Matrix& x, Matrix& grad, Matrix& uncertainty, Real enough = 0);

// How far x moves for a step of 1: where x is large the loss is too, and so is its rounding.
Real unit_of(const Matrix& x);

// A matrix and a direction in which it moves.
struct Move {
  Matrix* x;
  Matrix direction;
};

// The derivative of the loss as matrices move at once, each along its direction: the sum of all grad ⊗ direction. Four
// values of the loss judge gradients of any size so.
Derivative derivative_along(const std::function<Real()>& loss, const std::vector<Move>& moves, Real enough = 0);

// Where two matrices of one shape differ most, relative to the larger of the two numbers, or to `floor` where both are
// smaller: a central difference is a difference of two losses, and their rounding does not shrink with the gradient. A
// number that is not finite differs infinitely.
struct WorstElement {
  Real relative_error = 0;
  int row = 0;
  int col = 0;
};
WorstElement worst_element(const Matrix& yours, const Matrix& numeric, Real floor);

// The relative error of the worst element; infinite if the shapes differ.
Real relative_error(const Matrix& yours, const Matrix& numeric, Real floor);

// The size of the largest element, 0 if there is none.
Real largest_size(const Matrix& m);

// Σ out ⊗ r, a loss whose gradient with respect to out is r.
Real weighted_sum(const Matrix& out, const Matrix& r);

// Numbers between 0.1 and 1 in size, both signs, the same for the same seed: none is near the kink of a ReLU.
Matrix random_matrix(int rows, int cols, std::uint32_t seed);

}  // namespace handgrad
