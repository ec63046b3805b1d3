#include "src/matrix/operand.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace handgrad {

namespace {

void refuse_unless_it_fits(const char* function, const char* name, const char* ld_name, int rows, int cols, int ld) {
  if (fits(rows, cols, ld)) return;
  throw std::invalid_argument(std::string(function) + ": " + name + " is " + std::to_string(rows) + "×" +
                              std::to_string(cols) + " with " + ld_name + " " + std::to_string(ld) +
                              ": sizes must not be negative, nor the leading dimension below " + std::to_string(cols));
}

}  // namespace

void refuse_gemm(const char* function, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc) {
  const bool a_as_is = op_a == Op::as_is, b_as_is = op_b == Op::as_is;
  refuse_unless_it_fits(function, "A", "lda", a_as_is ? m : k, a_as_is ? k : m, lda);
  refuse_unless_it_fits(function, "B", "ldb", b_as_is ? k : n, b_as_is ? n : k, ldb);
  refuse_unless_it_fits(function, "C", "ldc", m, n, ldc);
  std::abort();  // one of them did not fit
}

}  // namespace handgrad
