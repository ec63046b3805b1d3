#include "src/matrix/matrix_vector.h"

#include <cstddef>
#include <stdexcept>
#include <string>

#include "src/matrix/vector.h"

namespace handgrad {

namespace {

void check_sizes(const char* function, int m, int n, int lda) {
  if (m < 0 || n < 0 || lda < n) {
    throw std::invalid_argument(std::string(function) + ": A is " + std::to_string(m) + "×" + std::to_string(n) +
                                " with lda " + std::to_string(lda) + ": sizes must not be negative, nor lda below " +
                                std::to_string(n));
  }
}

}  // namespace

void gemv(Op op_a, int m, int n, Real alpha, const Real* a, int lda, const Real* x, Real beta, Real* y) {
  check_sizes("gemv", m, n, lda);
  scal(op_a == Op::as_is ? m : n, beta, y);
  for (int i = 0; i < m; ++i) {
    const Real* a_row = a + static_cast<std::ptrdiff_t>(i) * lda;
    if (op_a == Op::as_is) {
      y[i] += alpha * dot(n, a_row, x);  // y_i += alpha Σ_j A_ij x_j
    } else {
      axpy(n, alpha * x[i], a_row,
           y);  // y_j += alpha A_ij x_i, all j at once: A is read along its rows here too
    }
  }
}

void ger(int m, int n, Real alpha, const Real* x, const Real* y, Real* a, int lda) {
  check_sizes("ger", m, n, lda);
  for (int i = 0; i < m; ++i) axpy(n, alpha * x[i], y, a + static_cast<std::ptrdiff_t>(i) * lda);
}

}  // namespace handgrad
