#include "tests/bench/product.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <stdexcept>

#include "src/io/text.h"
#include "src/matrix/gemm_ladder.h"

namespace handgrad {

// gemm_naive is slow: of a large product it computes rows that are an odd number apart, the last one among them.
void check_product(const std::string& name, const Product& p) {
  constexpr double most_flops = 1 << 27;
  const int step = static_cast<int>(p.flops() / most_flops) | 1;
  Matrix expected(1, p.n);
  for (int i = p.m - 1; i >= 0; i -= step) {
    const Real* row = p.op_a == Op::as_is ? p.a_numbers.row(i) : p.a_numbers.data() + i;
    gemm_naive(p.op_a, p.op_b, 1, p.n, p.k, 1, row, p.lda, p.b_numbers.data(), p.ldb, 0, expected.data(), p.n);
    check_equal(formatted("%s, row %d of %d×%d×%d", name.c_str(), i, p.m, p.n, p.k), p.n,
                p.c + static_cast<std::ptrdiff_t>(i) * p.ldc, expected.data());
  }
}

Matrix whole_numbers(int rows, int cols, int largest) {
  static std::mt19937 random(1);
  Matrix numbers(rows, cols);
  const unsigned count = 2 * static_cast<unsigned>(largest) + 1;
  for (Real& number : numbers.values) number = static_cast<Real>(random() % count) - static_cast<Real>(largest);
  return numbers;
}

Product::Product(const Form& form, int rows, int cols, int terms)
    : op_a(form.op_a),
      op_b(form.op_b),
      m(rows),
      n(cols),
      k(terms),
      a_numbers(op_a == Op::as_is ? whole_numbers(m, k, 8) : whole_numbers(k, m, 8)),
      b_numbers(op_b == Op::as_is ? whole_numbers(k, n, 8) : whole_numbers(n, k, 8)),
      lda(a_numbers.cols),
      ldb(b_numbers.cols),
      ldc(n) {
  place(0);
}

void Product::place(std::size_t offset) {
  constexpr std::size_t line = 64;  // bytes
  const std::size_t a_size = a_numbers.values.size(), b_size = b_numbers.values.size();
  const std::size_t c_size = static_cast<std::size_t>(m) * static_cast<std::size_t>(n);
  memory.assign(a_size + b_size + c_size + 6 * line / sizeof(Real), std::numeric_limits<Real>::quiet_NaN());
  Real* free = memory.data();
  const auto next = [&](std::size_t size) {
    const std::size_t beyond = reinterpret_cast<std::uintptr_t>(free) % line;
    Real* begin = free + (line - beyond + offset) / sizeof(Real);
    free = begin + size;
    return begin;
  };
  a = next(a_size);
  b = next(b_size);
  c = next(c_size);
  std::copy(a_numbers.values.begin(), a_numbers.values.end(), a);
  std::copy(b_numbers.values.begin(), b_numbers.values.end(), b);
}

Contender multiplied_by(Gemm routine, Product& product) {
  Product* p = &product;
  return [=] { routine(p->op_a, p->op_b, p->m, p->n, p->k, 1, p->a, p->lda, p->b, p->ldb, 0, p->c, p->ldc); };
}

std::vector<double> speeds(const std::vector<Multiplier>& multipliers, Product& product, double total_seconds) {
  constexpr double small = 1e7;
  // A large Matrix begins at 16: behind the few bytes that the allocator keeps before a block.
  const std::vector<std::size_t> offsets =
      product.flops() < small ? std::vector<std::size_t>{0, 16, 32, 48} : std::vector<std::size_t>{16};
  std::vector<double> seconds(multipliers.size(), 0);
  for (const std::size_t offset : offsets) {
    std::vector<Contender> contenders;
    for (const Multiplier& multiplier : multipliers) {
      product.place(offset);
      multiplier.multiply();
      check_product(multiplier.name, product);
      contenders.push_back(multiplier.multiply);
    }
    const double count = static_cast<double>(offsets.size());
    const std::vector<double> here = seconds_per_call(contenders, total_seconds / count);
    for (std::size_t i = 0; i < here.size(); ++i) seconds[i] += here[i] / count;
  }
  std::vector<double> gflops;
  for (const double one : seconds) gflops.push_back(product.flops() / one / 1e9);
  return gflops;
}

void check_equal(const std::string& what, int count, const Real* result, const Real* expected) {
  const Real* wrong = std::mismatch(expected, expected + count, result).first;
  if (wrong == expected + count) return;
  throw std::runtime_error(formatted("%s: number %td is %g, gemm_naive says %g", what.c_str(), wrong - expected,
                                     static_cast<double>(result[wrong - expected]), static_cast<double>(*wrong)));
}

}  // namespace handgrad
