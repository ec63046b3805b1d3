#include "src/matrix/gemv.h"

#include <cstddef>

#include "src/matrix/operand.h"
#include "src/matrix/vector.h"
#include "src/matrix/vector_register.h"

namespace handgrad {

namespace {

// y += alpha A x, four rows of A at once, so that each load of x serves four products.
void add_rows_times_x(int m, int n, Real alpha, const Real* a, std::ptrdiff_t lda, const Real* x, Real* y) {
  int i = 0;
  for (; i + 4 <= m; i += 4) {
    const Real* row[4] = {a + i * lda, a + (i + 1) * lda, a + (i + 2) * lda, a + (i + 3) * lda};
    Vector<most_lanes> sums[4] = {};
    int j = 0;
    for (; j + most_lanes <= n; j += most_lanes) {
      const Vector<most_lanes> x_j = load<most_lanes>(x + j);
      for (int r = 0; r < 4; ++r) sums[r] += load<most_lanes>(row[r] + j) * x_j;
    }
    for (int r = 0; r < 4; ++r) {
      Real sum = sum_of_lanes<most_lanes>(sums[r]);
      for (int rest = j; rest < n; ++rest) sum += row[r][rest] * x[rest];
      y[i + r] += alpha * sum;
    }
  }
  for (; i < m; ++i) y[i] += alpha * dot(n, a + i * lda, x);
}

// y += alpha Aᵀ x. A is read along its rows here too, four at once, so that y is read and written a quarter as often.
void add_columns_times_x(int m, int n, Real alpha, const Real* a, std::ptrdiff_t lda, const Real* x, Real* y) {
  int i = 0;
  for (; i + 4 <= m; i += 4) {
    const Real* a_0 = a + i * lda;
    const Real *a_1 = a_0 + lda, *a_2 = a_1 + lda, *a_3 = a_2 + lda;
    const Real x_0 = alpha * x[i], x_1 = alpha * x[i + 1], x_2 = alpha * x[i + 2], x_3 = alpha * x[i + 3];
    for (int j = 0; j < n; ++j) y[j] += (x_0 * a_0[j] + x_1 * a_1[j]) + (x_2 * a_2[j] + x_3 * a_3[j]);
  }
  for (; i < m; ++i) axpy(n, alpha * x[i], a + i * lda, y);
}

}  // namespace

void gemv(Op op_a, int m, int n, Real alpha, const Real* a, int lda, const Real* x, Real beta, Real* y) {
  check_fits("gemv", "A", "lda", m, n, lda);
  const int y_length = op_a == Op::as_is ? m : n, x_length = op_a == Op::as_is ? n : m;
  const Stored block_y{"y", 1, y_length, y, y_length};
  check_apart("gemv", block_y, {"A", m, n, a, lda});
  check_apart("gemv", block_y, {"x", 1, x_length, x, x_length});
  scal(y_length, beta, y);
  if (alpha == 0) return;
  if (op_a == Op::as_is) {
    add_rows_times_x(m, n, alpha, a, lda, x, y);
  } else {
    add_columns_times_x(m, n, alpha, a, lda, x, y);
  }
}

}  // namespace handgrad
