#include "tests/bench/product.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <random>
#include <stdexcept>

#include "src/data/text.h"

namespace handgrad {

// gemm_naive is slow: of a large product it computes rows that are an odd number apart, the last one among them.
void check_product(const std::string& name, const Product& p) {
  constexpr double most_flops = 1 << 27;
  const int step = static_cast<int>(p.flops() / most_flops) | 1;
  Matrix expected(1, p.n);
  for (int i = p.m - 1; i >= 0; i -= step) {
    const Real* row = p.op_a == Op::as_is ? p.a.row(i) : p.a.data() + i;
    gemm_naive(p.op_a, p.op_b, 1, p.n, p.k, 1, row, p.a.cols, p.b.data(), p.b.cols, 0, expected.data(), p.n);
    check_equal(formatted("%s, row %d of %d×%d×%d", name.c_str(), i, p.m, p.n, p.k), p.n, p.c.row(i), expected.data());
  }
}

Matrix whole_numbers(int rows, int cols, int largest) {
  static std::mt19937 random(1);
  Matrix numbers(rows, cols);
  const unsigned count = 2 * static_cast<unsigned>(largest) + 1;
  for (Real& number : numbers.values) number = static_cast<Real>(random() % count) - static_cast<Real>(largest);
  return numbers;
}

Product make_product(const Form& form, int m, int n, int k) {
  const bool a_as_is = form.op_a == Op::as_is, b_as_is = form.op_b == Op::as_is;
  return {form.op_a,
          form.op_b,
          m,
          n,
          k,
          whole_numbers(a_as_is ? m : k, a_as_is ? k : m, 8),
          whole_numbers(b_as_is ? k : n, b_as_is ? n : k, 8),
          Matrix(m, n)};
}

Contender multiplied_by(Gemm routine, Product& product) {
  Product* p = &product;
  return [=] {
    routine(p->op_a, p->op_b, p->m, p->n, p->k, 1, p->a.data(), p->a.cols, p->b.data(), p->b.cols, 0, p->c.data(),
            p->c.cols);
  };
}

std::vector<double> speeds(const std::vector<Multiplier>& multipliers, Product& product, double total_seconds) {
  std::vector<Contender> contenders;
  for (const Multiplier& multiplier : multipliers) {
    product.c.fill(std::numeric_limits<Real>::quiet_NaN());
    multiplier.multiply();
    check_product(multiplier.name, product);
    contenders.push_back(multiplier.multiply);
  }
  std::vector<double> gflops;
  for (const double seconds : seconds_per_call(contenders, total_seconds)) {
    gflops.push_back(product.flops() / seconds / 1e9);
  }
  return gflops;
}

void check_equal(const std::string& what, int count, const Real* result, const Real* expected) {
  const Real* wrong = std::mismatch(expected, expected + count, result).first;
  if (wrong == expected + count) return;
  throw std::runtime_error(formatted("%s: number %td is %g, gemm_naive says %g", what.c_str(), wrong - expected,
                                     static_cast<double>(result[wrong - expected]), static_cast<double>(*wrong)));
}

}  // namespace handgrad
