#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "src/matrix/matrix.h"

// What the suites of the matrix routines share: numbers to calculate with, memory that shows who wrote or read beside a
// matrix, and the verdict on a result.

namespace handgrad {

constexpr Real not_a_number = std::numeric_limits<Real>::quiet_NaN();

// What lies beside the numbers that are written. The small arrays have one such number at their end, too.
constexpr Real untouched = 1234;

constexpr Op ops[] = {Op::as_is, Op::transposed};

// The largest relative error of a number that went through so many roundings: with |δ| ≤ u for each of them,
//
//   |(1 + δ_1) … (1 + δ_n) - 1| ≤ n u / (1 - n u)
//
// (Higham, 2002, "Accuracy and Stability of Numerical Algorithms", lemma 3.1). u is half the distance from 1 to the
// next Real. The reference rounds too, as many times at most, in long double: its u is added.
inline long double rounding_bound(int roundings) {
  const long double u =
      (static_cast<long double>(std::numeric_limits<Real>::epsilon()) + std::numeric_limits<long double>::epsilon()) /
      2;
  return roundings * u / (1 - roundings * u);
}

// whole: ±1 … ±8. As long as every sum stays below 2^24 it is exact, in whatever order it is taken, so a result has to
// be equal and not only near.
//
// fractions: ±(0.25 … 1), with as many digits as a Real has. No number is small: a product that is left out, or taken
// twice, is an error of 1/16 or more, far above any bound here.
enum class Numbers { whole, fractions };

inline std::vector<Real> some_numbers(Numbers kind, int count, std::mt19937& random) {
  std::vector<Real> numbers;
  numbers.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const Real sign = random() % 2 == 0 ? Real(1) : Real(-1);
    const Real size = kind == Numbers::whole
                          ? static_cast<Real>(1 + random() % 8)
                          : Real(0.25) + Real(0.75) * (static_cast<Real>(random()) / static_cast<Real>(random.max()));
    numbers.push_back(sign * size);
  }
  return numbers;
}

// A matrix as the routines are given it: row i begins ld numbers after row i - 1. All the memory between the rows,
// before the first and after the last holds `padding`: NaN around what a routine reads, so that a read beside the
// matrix spoils the result; an ordinary number around what it writes, to be found again unchanged.
struct Block {
  int rows;
  int cols;
  int ld;
  Real padding;
  std::vector<Real> storage;

  // Odd, so that no row begins where a vector register would like it to.
  static constexpr int margin = 33;

  Block(int row_count, int col_count, int leading_dimension, Real padding_value)
      : rows(row_count),
        cols(col_count),
        ld(leading_dimension),
        padding(padding_value),
        storage(static_cast<std::size_t>(rows) * static_cast<std::size_t>(ld) + 2 * margin, padding_value) {}

  Real* data() { return storage.data() + margin; }
  Real* row(int i) { return data() + static_cast<std::ptrdiff_t>(i) * ld; }
  const Real* row(int i) const { return storage.data() + margin + static_cast<std::ptrdiff_t>(i) * ld; }
};

// The block X for which op(X) is the rows × cols matrix whose numbers are given row after row. Its leading dimension is
// its width and `wider` more.
inline Block block_of(Op op, int rows, int cols, const std::vector<Real>& numbers, int wider, Real padding) {
  const bool as_is = op == Op::as_is;
  Block block(as_is ? rows : cols, as_is ? cols : rows, (as_is ? cols : rows) + wider, padding);
  const Real* number = numbers.data();
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < cols; ++j) (as_is ? block.row(i)[j] : block.row(j)[i]) = *number++;
  }
  return block;
}

// A vector, with padding on both sides.
inline Block vector_of(const std::vector<Real>& numbers, Real padding) {
  return block_of(Op::as_is, 1, static_cast<int>(numbers.size()), numbers, 0, padding);
}

// What one element of a result must be, and how far from it the element may lie.
struct Expected {
  long double value;
  long double allowed;
};

// What alpha op(A) op(B) + beta C must be, m × n numbers with sums over k, all given row after row.
//
// A product A_ip B_pj is rounded once, once more with alpha, and once with each of the k additions that it can pass
// through: k - 1 to the other products and one to beta C. beta C is rounded no more often. So, in whatever order and in
// whatever blocks the sum is taken, and wherever alpha comes in,
//
//   |C_ij - result| ≤ rounding_bound(k + 2) (|alpha| Σ_p |A_ip| |B_pj| + |beta| |C_ij|)
//
// which is about (k + 2) epsilon/2 times the sum of the sizes. Whole numbers are not rounded at all, if alpha and beta
// are whole too: there the bound is 0.
inline std::vector<Expected> expected_product(Numbers kind, int m, int n, int k, Real alpha,
                                              const std::vector<Real>& op_a, const std::vector<Real>& op_b, Real beta,
                                              const std::vector<Real>& c) {
  const long double bound = kind == Numbers::whole ? 0 : rounding_bound(k + 2);
  std::vector<Expected> expected;
  expected.reserve(c.size());
  const Real* c_ij = c.data();
  for (int i = 0; i < m; ++i) {
    const Real* a_row = op_a.data() + static_cast<std::ptrdiff_t>(i) * k;
    for (int j = 0; j < n; ++j, ++c_ij) {
      long double sum = 0;
      long double size = 0;
      for (int p = 0; p < k; ++p) {
        const Real b_pj = op_b[static_cast<std::size_t>(p * n + j)];
        const long double a_times_b = static_cast<long double>(a_row[p]) * b_pj;
        sum += a_times_b;
        size += std::abs(a_times_b);
      }
      sum *= alpha;
      size *= std::abs(alpha);
      if (beta != 0) {
        sum += static_cast<long double>(beta) * *c_ij;
        size += std::abs(static_cast<long double>(beta) * *c_ij);
      }
      expected.push_back({sum, bound * size});
    }
  }
  return expected;
}

// Empty if every element of the result lies within its bound and the padding is what it was. Otherwise it tells how
// many do not, and the worst of them.
inline std::string difference(const Block& result, const std::vector<Expected>& expected) {
  int wrong = 0;
  int worst_row = 0;
  int worst_col = 0;
  long double worst_excess = 0;
  const Expected* want = expected.data();
  for (int i = 0; i < result.rows; ++i) {
    const Real* row = result.row(i);
    for (int j = 0; j < result.cols; ++j, ++want) {
      const long double error = std::abs(row[j] - want->value);
      if (error <= want->allowed) continue;
      // A NaN is never within a bound, and nothing is worse.
      const long double excess =
          std::isnan(error) ? std::numeric_limits<long double>::infinity() : error - want->allowed;
      if (wrong == 0 || excess > worst_excess) {
        worst_row = i;
        worst_col = j;
        worst_excess = excess;
      }
      ++wrong;
    }
  }

  long touched = 0;
  const Real* gap = result.storage.data();
  const auto count_touched = [&](const Real* gap_end) {
    touched += std::count_if(gap, gap_end, [&](Real x) { return x != result.padding; });
  };
  for (int i = 0; i < result.rows; ++i) {
    count_touched(result.row(i));
    gap = result.row(i) + result.cols;
  }
  count_touched(result.storage.data() + result.storage.size());
  if (wrong == 0 && touched == 0) return "";

  std::ostringstream text;
  text.precision(std::numeric_limits<Real>::max_digits10);
  if (wrong > 0) {
    const Expected& worst = expected[static_cast<std::size_t>(worst_row) * static_cast<std::size_t>(result.cols) +
                                     static_cast<std::size_t>(worst_col)];
    text << wrong << " of " << expected.size() << " elements are wrong, the worst in row " << worst_row << ", column "
         << worst_col << ": " << result.row(worst_row)[worst_col] << " instead of " << worst.value << " ± "
         << worst.allowed;
  }
  if (touched > 0) text << (wrong > 0 ? "; " : "") << touched << " numbers of padding were overwritten";
  return text.str();
}

}  // namespace handgrad
