#include "src/matrix/operand.h"

#include <stdexcept>
#include <string>

#include "src/matrix/shape_text.h"
#include "src/matrix/vector.h"

namespace handgrad {

void scale(int m, int n, Real beta, Real* c, std::ptrdiff_t ldc) {
  for (int i = 0; i < m; ++i) scal(n, beta, c + i * ldc);
}

void check_fits(const char* function, const char* name, const char* ld_name, int rows, int cols, int ld) {
  if (fits(rows, cols, ld)) return;
  throw std::invalid_argument(std::string(function) + ": " + name + " is " + shape_text(rows, cols) + " with " +
                              ld_name + " " + std::to_string(ld) + ": sizes must not be negative, nor " + ld_name +
                              " below " + std::to_string(cols));
}

void refuse_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc) {
  const bool a_as_is = op_a == Op::as_is, b_as_is = op_b == Op::as_is;
  check_fits(function, "A", "lda", a_as_is ? m : k, a_as_is ? k : m, lda);
  check_fits(function, "B", "ldb", b_as_is ? k : n, b_as_is ? n : k, ldb);
  check_fits(function, "C", "ldc", m, n, ldc);
}

}  // namespace handgrad
