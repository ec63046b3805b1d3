#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "src/matrix/matrix.h"
#include "tests/bench/timing.h"

namespace handgrad {

// The three that a layer needs: l = x W, grad_W = xᵀ grad_l and grad_x = grad_l Wᵀ.
struct Form {
  const char* name;
  Op op_a, op_b;
};
constexpr Form forms[] = {
    {"NN", Op::as_is, Op::as_is}, {"NT", Op::as_is, Op::transposed}, {"TN", Op::transposed, Op::as_is}};

// Whole numbers from -largest to largest. As long as every sum stays below 2^24 a float holds it exactly, in whatever
// order it is taken.
Matrix whole_numbers(int rows, int cols, int largest);

// C = op(A) op(B), row after row without gaps: op(A) is m × k, op(B) is k × n. A and B hold whole numbers up to 8.
struct Product {
  Op op_a, op_b;
  int m, n, k;
  Matrix a_numbers, b_numbers;
  std::vector<Real> memory;  // in which place() puts the three
  Real *a, *b, *c;
  int lda, ldb, ldc;

  Product(const Form& form, int rows, int cols, int terms);
  Product(Product&&) = default;
  // Where a matrix begins, counted in bytes from the beginning of a cache line, can double the time of a small product.
  // A Matrix begins at any multiple of 16.
  void place(std::size_t offset);
  double flops() const { return 2.0 * m * n * k; }
};

// A routine with gemm's arguments, and one call of it on the product, which has to outlive the call.
using Gemm = void (*)(Op, Op, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
                      Real beta, Real* c, int ldc);
Contender multiplied_by(Gemm routine, Product& product);

// One that is able to multiply.
struct Multiplier {
  std::string name;
  Contender multiply;
};

// Throws std::runtime_error with name, size and element unless C is what gemm_naive computes. Of a large product every
// few rows are checked.
void check_product(const std::string& name, const Product& product);

// GFLOP/s of each, after all have shown that their product is gemm_naive's; of a small product the mean over the four
// places in a cache line. Throws what check_product throws.
std::vector<double> speeds(const std::vector<Multiplier>& multipliers, Product& product, double total_seconds);

// Throws std::runtime_error unless both are equal: with whole numbers no tolerance is needed. what: "axpy, 2048
// numbers".
void check_equal(const std::string& what, int count, const Real* result, const Real* expected);

}  // namespace handgrad
