#pragma once

#include "src/matrix/matrix.h"

namespace handgrad {

// Level 1 of the BLAS: vector with vector. n numbers that lie side by side; n = 0 is an empty vector, and a negative n
// throws std::invalid_argument. Source of the names: Lawson, Hanson, Kincaid, Krogh (1979), "Basic Linear Algebra
// Subprograms for Fortran Usage".

// Σ x[i] y[i].
Real dot(int n, const Real* x, const Real* y);

// y = alpha x + y.
void axpy(int n, Real alpha, const Real* x, Real* y);

// x = alpha x. With alpha = 0 x becomes 0 whatever it held, NaN included.
void scal(int n, Real alpha, Real* x);

// Σ |x[i]|, the sum of absolute values.
Real asum(int n, const Real* x);

}  // namespace handgrad
