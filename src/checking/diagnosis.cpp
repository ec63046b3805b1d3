#include "src/checking/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "src/checking/numeric_gradient.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

// Two matrices are the same for a diagnosis if they agree to a thousandth of the largest element.
bool same(const Matrix& a, const Matrix& b) {
  if (!same_shape(a, b)) return false;
  Real largest = 0, difference = 0;
  for (std::size_t k = 0; k < a.values.size(); ++k) {
    largest = std::max({largest, std::abs(a.values[k]), std::abs(b.values[k])});
    difference = std::max(difference, std::abs(a.values[k] - b.values[k]));
  }
  return difference <= Real(1e-3) * largest;
}

// The factor c for which a = c b fits best: Σ a b / Σ b b.
Real best_factor(const Matrix& a, const Matrix& b) {
  const Real size = weighted_sum(b, b);
  return size > 0 ? weighted_sum(a, b) / size : 0;
}

Matrix scaled(Real factor, const Matrix& m) {
  Matrix result = m;
  for (Real& value : result.values) value *= factor;
  return result;
}

Matrix transposed(const Matrix& m) {
  Matrix result(m.cols, m.rows);
  for (int i = 0; i < m.rows; ++i) {
    for (int j = 0; j < m.cols; ++j) result(j, i) = m(i, j);
  }
  return result;
}

// m moved by whole rows and columns; what falls out at one end comes in again at the other.
Matrix shifted(const Matrix& m, int down, int right) {
  Matrix result(m.rows, m.cols);
  for (int i = 0; i < m.rows; ++i) {
    for (int j = 0; j < m.cols; ++j) {
      result(i, j) = m((i - down + m.rows) % m.rows, (j - right + m.cols) % m.cols);
    }
  }
  return result;
}

// A factor as a person would say it: "n = 3 times", "1/n = 1/3 times", "2 times", "0.1 times".
std::string factor_text(Real factor, int n) {
  const auto is = [&](Real value) { return std::abs(factor - value) <= Real(1e-3) * std::abs(value); };
  const std::string sign = factor < 0 ? "-" : "";
  const Real size = std::abs(factor);
  if (n > 1 && (is(n) || is(-n))) return sign + formatted("n = %s%d times", sign.c_str(), n);
  if (n > 1 && (is(Real(1) / n) || is(-Real(1) / n))) return sign + formatted("1/n = %s1/%d times", sign.c_str(), n);
  for (int whole = 2; whole <= 30; ++whole) {
    if (is(whole) || is(-whole)) return sign + formatted("%d times", whole);
    if (is(Real(1) / whole) || is(-Real(1) / whole)) return sign + formatted("1/%d times", whole);
  }
  return sign + formatted("%.4g times", static_cast<double>(size));
}

// How yours differs from the right sum of terms, if by a multiple of one term.
std::string cause_among_terms(const Comparison& c) {
  Matrix difference = c.yours;
  for (std::size_t k = 0; k < difference.values.size(); ++k) difference.values[k] -= c.numeric.values[k];
  for (const Term& term : c.hints.terms) {
    const Real factor = best_factor(difference, term.value) + 1;  // what yours multiplies the term by
    if (!same(difference, scaled(factor - 1, term.value)) ||
        same(difference, Matrix(difference.rows, difference.cols))) {
      continue;
    }
    if (std::abs(factor) < Real(1e-3)) return "a term is missing: yours is the gradient without " + term.name;
    if (std::abs(factor + 1) < Real(1e-3)) return "the sign of one term is flipped: " + term.name;
    return "one term is off by a constant factor: " + term.name + " is in yours " + factor_text(factor, c.n) +
           " what it should be";
  }
  return "";
}

}  // namespace

std::string likely_cause(const Comparison& c) {
  if (c.yours.size() == 0) return "it was never given a shape: is it computed at all?";
  if (!same_shape(c.yours, c.numeric)) {
    return formatted("yours is %d×%d, it should be %d×%d", c.yours.rows, c.yours.cols, c.numeric.rows, c.numeric.cols);
  }
  if (c.yours.values.size() != c.numeric.values.size()) {
    return formatted("yours holds %zu numbers, a %d×%d matrix has %d", c.yours.values.size(), c.yours.rows,
                     c.yours.cols, c.yours.size());
  }
  for (const Real value : c.numeric.values) {
    if (!std::isfinite(value))
      return "the numeric gradient is no number: the forward pass computes NaN or infinity here";
  }
  const auto is_nan = [](Real value) { return std::isnan(value); };
  const long missing = std::count_if(c.yours.values.begin(), c.yours.values.end(), is_nan);
  if (missing > 0) {
    return formatted("NaN in %ld of %d elements: never written, or added to (+=) before they were set", missing,
                     c.yours.size());
  }
  for (const Real value : c.yours.values) {
    if (std::isinf(value)) return "some of its elements are infinite: a division by 0?";
  }
  if (same(c.yours, scaled(-1, c.numeric))) return "the sign is flipped";
  for (const Alternative& alternative : c.hints.mistakes) {
    if (same(c.yours, alternative.value)) return alternative.name;
  }
  const std::string term_cause = cause_among_terms(c);
  if (!term_cause.empty()) return term_cause;
  if (*std::max_element(c.yours.values.begin(), c.yours.values.end()) == 0 &&
      *std::min_element(c.yours.values.begin(), c.yours.values.end()) == 0) {
    return "it is 0 everywhere";
  }
  const Real factor = best_factor(c.yours, c.numeric);
  if (std::abs(factor - 1) > Real(1e-3) && same(c.yours, scaled(factor, c.numeric)))
    return "a constant factor: yours is " + factor_text(factor, c.n) + " what it should be";
  if (c.yours.rows > 1 && c.yours.cols > 1 && same(c.yours, transposed(c.numeric)))
    return "rows and columns are exchanged";
  for (const int by : {1, -1}) {
    if (c.yours.cols > 1 && same(c.yours, shifted(c.numeric, 0, by))) return "it is shifted by one column";
    if (c.yours.rows > 1 && same(c.yours, shifted(c.numeric, by, 0))) return "it is shifted by one row";
  }
  return "";
}

}  // namespace handgrad
