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

void check_apart(const char* function, const Stored& out, const Stored& in) {
  if (in.end() == in.values || out.end() == out.values) return;
  if (out.end() <= in.values || in.end() <= out.values) return;
  // Of a single row the distance to the next means nothing.
  const int in_ld = in.rows == 1 ? out.ld : in.ld, out_ld = out.rows == 1 ? in.ld : out.ld;
  if (in_ld == out_ld) {
    const std::ptrdiff_t shift = (in.values - out.values) % in_ld;
    const std::ptrdiff_t column = shift < 0 ? shift + in_ld : shift;  // where `in` begins, seen from `out`
    if (column >= out.cols && column + in.cols <= in_ld) return;
  }
  throw std::invalid_argument(std::string(function) + ": " + out.name + " overlaps " + in.name +
                              ": an output must not be an input of the same call");
}

void refuse_gemm(const char* function, const Stored& a, const Stored& b, const Stored& c) {
  check_fits(function, a.name, "lda", a.rows, a.cols, a.ld);
  check_fits(function, b.name, "ldb", b.rows, b.cols, b.ld);
  check_fits(function, c.name, "ldc", c.rows, c.cols, c.ld);
  check_apart(function, c, a);
  check_apart(function, c, b);
}

}  // namespace handgrad
