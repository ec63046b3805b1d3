#include "src/matrix/gemm.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/matrix/gemm_ladder.h"
#include "tests/matrix/reference.h"

using namespace handgrad;

namespace {

struct Routine {
  std::string name;
  void (*call)(Op op_a, Op op_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb,
               Real beta, Real* c, int ldc);
};

// They may sum in any order they like: each is held against the same long double.
const Routine routines[] = {{"gemm_naive", gemm_naive},
                            {"gemm_loop_order", gemm_loop_order},
                            {"gemm_packing", gemm_packing},
                            {"gemm_cache_blocks", gemm_cache_blocks},
                            {"gemm", gemm},
                            {"gemm_register_tile", gemm_register_tile}};

std::string name(const char* as_is, const char* transposed, Op op) {
  return op == Op::as_is ? as_is : transposed;
}

// One product, C = alpha op(A) op(B) + beta C, with the matrices row after row, and what has to come out.
struct Product {
  int m;
  int n;
  int k;
  Real alpha;
  Real beta;
  std::vector<Real> op_a;
  std::vector<Real> op_b;
  std::vector<Real> c;
  std::vector<Expected> expected;
};

// With beta = 0 the old C is NaN.
Product make_product(int m, int n, int k, Real alpha, Real beta, Numbers kind, std::mt19937& random) {
  Product product{m, n, k, alpha, beta, {}, {}, {}, {}};
  product.op_a = some_numbers(kind, m * k, random);
  product.op_b = some_numbers(kind, k * n, random);
  product.c = some_numbers(kind, m * n, random);
  if (beta == 0) product.c.assign(product.c.size(), not_a_number);
  product.expected = expected_product(kind, m, n, k, alpha, product.op_a, product.op_b, beta, product.c);
  return product;
}

// Memory behind which nothing is: the system stops whoever reads or writes beyond its end.
struct LastPages {
  static constexpr std::size_t count = 1 << 12;  // numbers
  std::size_t page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  std::size_t size = (count * sizeof(Real) + page - 1) / page * page;
  void* memory = mmap(nullptr, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  LastPages() {
    REQUIRE(memory != MAP_FAILED);
    REQUIRE(mprotect(static_cast<char*>(memory) + size, page, PROT_NONE) == 0);
  }
  LastPages(const LastPages&) = delete;
  ~LastPages() { munmap(memory, size + page); }

  // The numbers, put at the end.
  Real* hold(const std::vector<Real>& numbers) {
    Real* begin = static_cast<Real*>(memory) + size / sizeof(Real) - numbers.size();
    std::copy(numbers.begin(), numbers.end(), begin);
    return begin;
  }
};

// How much longer than its width the leading dimension of each matrix is.
struct Wider {
  int a;
  int b;
  int c;
};

// All routines, all four combinations of ops. NaN lies around A and B, to come out if it is read.
void check(const Product& product, const Wider& wider) {
  const int m = product.m;
  const int n = product.n;
  const int k = product.k;
  for (const Op op_a : ops) {
    const Block a = block_of(op_a, m, k, product.op_a, wider.a, not_a_number);
    for (const Op op_b : ops) {
      const Block b = block_of(op_b, k, n, product.op_b, wider.b, not_a_number);
      for (const Routine& routine : routines) {
        Block c = block_of(Op::as_is, m, n, product.c, wider.c, untouched);
        routine.call(op_a, op_b, m, n, k, product.alpha, a.row(0), a.ld, b.row(0), b.ld, product.beta, c.data(), c.ld);
        INFO(routine.name, ": C = ", product.alpha, " ", name("A", "Aᵀ", op_a), " ", name("B", "Bᵀ", op_b), " + ",
             product.beta, " C, m = ", m, ", n = ", n, ", k = ", k, ", lda ", a.ld, ", ldb ", b.ld, ", ldc ", c.ld);
        REQUIRE(difference(c, product.expected) == "");
      }
    }
  }
}

struct Size {
  int m;
  int n;
  int k;
};

// Odd sizes beyond every block that fits a cache or a register, each side in turn, and the thinnest of all; rows of A
// that lie 4096 bytes apart; one row by a matrix that is worth a gemv; a B too large for the direct path, beyond its
// block; an A and a B beyond their blocks, so that packed panels of A come back.
constexpr Size large_sizes[] = {{127, 129, 131}, {65, 257, 129}, {129, 65, 257}, {1, 300, 200}, {300, 1, 200},
                                {200, 300, 1},   {1, 1, 300},    {63, 31, 515},  {20, 3, 1024}, {1, 97, 213},
                                {33, 517, 259},  {9, 517, 259},  {2055, 515, 3}};

// Past the largest blocks in use anywhere, one side at a time.
constexpr Size long_sizes[] = {{4099, 3, 5}, {3, 4099, 5}, {3, 5, 4099}, {1031, 9, 2}, {9, 1031, 2}, {9, 2, 1031}};

Matrix matrix_of(Op op, int rows, int cols, const std::vector<Real>& numbers) {
  const Block block = block_of(op, rows, cols, numbers, 0, 0);
  Matrix matrix(block.rows, block.cols);
  for (int i = 0; i < block.rows; ++i) {
    for (int j = 0; j < block.cols; ++j) matrix(i, j) = block.row(i)[j];
  }
  return matrix;
}

}  // namespace

TEST_CASE("gemm, by hand") {
  const Real a[] = {1, 2, 3,  //
                    4, 5, 6};
  const Real b[] = {7,  8,   //
                    9,  10,  //
                    11, 12};
  for (const Routine& routine : routines) {
    CAPTURE(routine.name);
    Real c[] = {1, 2,  //
                3, 4, untouched};
    routine.call(Op::as_is, Op::as_is, 2, 2, 3, 1, a, 3, b, 2, 0, c, 2);
    CHECK(c[0] == 58);   // 1 · 7 + 2 · 9 + 3 · 11
    CHECK(c[1] == 64);   // 1 · 8 + 2 · 10 + 3 · 12
    CHECK(c[2] == 139);  // 4 · 7 + 5 · 9 + 6 · 11
    CHECK(c[3] == 154);  // 4 · 8 + 5 · 10 + 6 · 12

    routine.call(Op::as_is, Op::as_is, 2, 2, 3, -1, a, 3, b, 2, 2, c, 2);
    CHECK(c[0] == 58);
    CHECK(c[1] == 64);
    CHECK(c[2] == 139);
    CHECK(c[3] == 154);

    // The left two columns of A, turned: {{1, 4}, {2, 5}}; the left column of B below its first row.
    routine.call(Op::transposed, Op::as_is, 2, 1, 2, 1, a, 3, b + 2, 2, 0, c, 2);
    CHECK(c[0] == 53);  // 1 · 9 + 4 · 11
    CHECK(c[1] == 64);  // not part of C here
    CHECK(c[2] == 73);  // 2 · 9 + 5 · 11
    CHECK(c[3] == 154);
    CHECK(c[4] == untouched);
  }
}

TEST_CASE("gemm agrees with the definition for every size up to 17") {
  std::mt19937 random(1);
  for (int m = 1; m <= 17; ++m) {
    for (int n = 1; n <= 17; ++n) {
      for (int k = 1; k <= 17; ++k) {
        check(make_product(m, n, k, 1, 0, Numbers::fractions, random), {0, 0, 0});
      }
    }
  }
}

TEST_CASE("gemm agrees with the definition for every width and height of a tile") {
  std::mt19937 random(9);
  for (int m = 1; m <= 15; ++m) {
    for (int n = 18; n <= 34; ++n) {
      check(make_product(m, n, 3, Real(-1.3), Real(0.7), Numbers::fractions, random), {1, 2, 3});
    }
  }
}

TEST_CASE("gemm leaves the padding between rows alone for every size up to 17") {
  std::mt19937 random(2);
  for (int m = 1; m <= 17; ++m) {
    for (int n = 1; n <= 17; ++n) {
      for (int k = 1; k <= 17; ++k) {
        check(make_product(m, n, k, Real(-1.3), Real(0.7), Numbers::fractions, random), {5, 2, 3});
      }
    }
  }
}

TEST_CASE("gemm agrees with the definition where the sizes cross the cache blocks") {
  std::mt19937 random(3);
  for (const Size& size : large_sizes) {
    check(make_product(size.m, size.n, size.k, Real(0.3), Real(-1.7), Numbers::fractions, random), {0, 0, 0});
  }
}

TEST_CASE("gemm touches nothing behind the last number of A, B and C") {
  std::mt19937 random(10);
  LastPages a_pages, b_pages, c_pages;
  for (const int m : {1, 2, 5, 6, 7, 10, 14, 15, 20, 21}) {
    for (int n = 1; n <= 34; ++n) {
      for (int k = 1; k <= 3; ++k) {
        const Product product = make_product(m, n, k, -1, 2, Numbers::whole, random);
        for (const Op op_a : ops) {
          const Matrix a = matrix_of(op_a, m, k, product.op_a);
          for (const Op op_b : ops) {
            const Matrix b = matrix_of(op_b, k, n, product.op_b);
            for (const Routine& routine : routines) {
              Real* c = c_pages.hold(product.c);
              routine.call(op_a, op_b, m, n, k, -1, a_pages.hold(a.values), a.cols, b_pages.hold(b.values), b.cols, 2,
                           c, n);
              routine.call(op_a, op_b, m, n, k, -1, a_pages.hold(a.values), a.cols, b_pages.hold(b.values), b.cols, 0,
                           c, n);
              INFO(routine.name, ", m = ", m, ", n = ", n, ", k = ", k);
              const Real expected = static_cast<Real>(product.expected.back().value) - 2 * product.c.back();
              REQUIRE(c[m * n - 1] == expected);
            }
          }
        }
      }
    }
  }
}

// Where k is in the thousands the bound for fractions comes near to the size of one product. Whole numbers have no such
// limit: no sum here reaches 3 · 4099 · 8 · 8 + 2 · 8 < 2^24.
TEST_CASE("gemm is exact where the numbers are whole") {
  std::mt19937 random(4);
  for (const Size& size : large_sizes) {
    check(make_product(size.m, size.n, size.k, 1, 0, Numbers::whole, random), {1, 7, 2});
  }
  for (const Size& size : long_sizes) {
    check(make_product(size.m, size.n, size.k, 1, 0, Numbers::whole, random), {0, 0, 0});
    check(make_product(size.m, size.n, size.k, -3, 2, Numbers::whole, random), {3, 1, 5});
  }
}

TEST_CASE("gemm agrees with the definition for every kind of alpha and beta") {
  std::mt19937 random(5);
  for (const Real alpha : {Real(0), Real(1), Real(-1), Real(0.3)}) {
    for (const Real beta : {Real(0), Real(1), Real(-1), Real(2.6)}) {
      check(make_product(5, 7, 6, alpha, beta, Numbers::fractions, random), {0, 0, 0});
      check(make_product(19, 18, 35, alpha, beta, Numbers::fractions, random), {3, 1, 2});
      check(make_product(67, 41, 133, alpha, beta, Numbers::fractions, random), {0, 0, 0});
    }
  }
}

TEST_CASE("gemm over an empty sum only scales C") {
  std::mt19937 random(6);
  for (const Real beta : {Real(0), Real(1), Real(2)}) {
    for (const Real alpha : {Real(0), Real(1), Real(5)}) {
      for (const int m : {1, 5, 70}) {
        for (const int n : {1, 6, 300}) {
          check(make_product(m, n, 0, alpha, beta, Numbers::whole, random), {0, 0, 0});
          check(make_product(m, n, 0, alpha, beta, Numbers::whole, random), {2, 1, 3});
        }
      }
    }
  }

  for (const Routine& routine : routines) {
    Real c[] = {1, 2, 3, 4, untouched};
    routine.call(Op::as_is, Op::as_is, 2, 2, 0, 1, nullptr, 0, nullptr, 2, 2, c, 2);
    CAPTURE(routine.name);
    CHECK(c[0] == 2);
    CHECK(c[1] == 4);
    CHECK(c[2] == 6);
    CHECK(c[3] == 8);
    CHECK(c[4] == untouched);
  }
}

TEST_CASE("gemm writes nothing where C has no rows or no columns") {
  std::mt19937 random(7);
  for (const Real beta : {Real(0), Real(1), Real(2)}) {
    for (const int size : {0, 1, 5, 300}) {
      for (const int k : {0, 1, 6, 150}) {
        check(make_product(0, size, k, 1, beta, Numbers::whole, random), {0, 0, 0});
        check(make_product(size, 0, k, 1, beta, Numbers::whole, random), {0, 0, 0});
        check(make_product(0, size, k, 1, beta, Numbers::whole, random), {2, 1, 3});
        check(make_product(size, 0, k, 1, beta, Numbers::whole, random), {2, 1, 3});
      }
    }
  }
  for (const Routine& routine : routines) {
    CAPTURE(routine.name);
    CHECK_NOTHROW(routine.call(Op::as_is, Op::as_is, 0, 0, 0, 1, nullptr, 0, nullptr, 0, 0, nullptr, 0));
  }
}

// A gemm that skips zeros would hide the NaN of an element that nobody wrote behind the zeros of a relu.
TEST_CASE("gemm lets a NaN through into its row or column, and nowhere else") {
  const Size sizes[] = {{3, 4, 5}, {17, 19, 21}, {70, 261, 135}};
  for (const Size& size : sizes) {
    const int row = size.m / 2;
    const int col = size.n / 2;
    // op(A) is 0 but for one NaN in `row`; op(B) is 0 but for one NaN in `col`.
    std::vector<Real> op_a(static_cast<std::size_t>(size.m * size.k), 0);
    std::vector<Real> op_b(static_cast<std::size_t>(size.k * size.n), 0);
    op_a[static_cast<std::size_t>(row * size.k + size.k - 1)] = not_a_number;
    op_b[static_cast<std::size_t>(col)] = not_a_number;

    for (const Op op_a_is : ops) {
      const Block a = block_of(op_a_is, size.m, size.k, op_a, 0, 0);
      for (const Op op_b_is : ops) {
        const Block b = block_of(op_b_is, size.k, size.n, op_b, 0, 0);
        for (const Routine& routine : routines) {
          Block c(size.m, size.n, size.n, 1);
          routine.call(op_a_is, op_b_is, size.m, size.n, size.k, 1, a.row(0), a.ld, b.row(0), b.ld, 1, c.data(), c.ld);
          int wrong = 0;
          for (int i = 0; i < size.m; ++i) {
            for (int j = 0; j < size.n; ++j) {
              const bool right = i == row || j == col ? std::isnan(c.row(i)[j]) : c.row(i)[j] == 1;
              if (!right) ++wrong;
            }
          }
          INFO(routine.name, ": ", name("A", "Aᵀ", op_a_is), " ", name("B", "Bᵀ", op_b_is), ", m = ", size.m,
               ", n = ", size.n, ", k = ", size.k);
          REQUIRE(wrong == 0);
        }
      }
    }
  }
}

TEST_CASE("gemm refuses bad sizes and writes nothing") {
  const Real a[16] = {};
  const Real b[16] = {};
  Real c[] = {1, 2, 3, 4};
  const Op as_is = Op::as_is;
  const Op transposed = Op::transposed;
  for (const Routine& routine : routines) {
    CAPTURE(routine.name);
    const auto fails = [&](const char* operand, Op op_a, Op op_b, int m, int n, int k, int lda, int ldb, int ldc,
                           const char* below) {
      const std::string text = operand, ld = text.substr(text.find("ld"), 3);
      const std::string message =
          routine.name + ": " + text + ": sizes must not be negative, nor " + ld + " below " + below;
      CHECK_THROWS_WITH_AS(routine.call(op_a, op_b, m, n, k, 1, a, lda, b, ldb, 0, c, ldc), message.c_str(),
                           std::invalid_argument);
    };
    // Each size below 0; A and B in the shape in which they lie in memory.
    fails("A is -1×3 with lda 3", as_is, as_is, -1, 2, 3, 3, 2, 2, "3");
    fails("A is 3×-1 with lda 3", transposed, as_is, -1, 2, 3, 3, 2, 2, "-1");
    fails("B is 3×-1 with ldb 2", as_is, as_is, 2, -1, 3, 3, 2, 2, "-1");
    fails("B is -1×3 with ldb 3", as_is, transposed, 2, -1, 3, 3, 3, 2, "3");
    fails("A is 2×-1 with lda 3", as_is, as_is, 2, 2, -1, 3, 2, 2, "-1");
    fails("A is -1×2 with lda 2", transposed, as_is, 2, 2, -1, 2, 2, 2, "2");
    // Each leading dimension one too short.
    fails("A is 2×3 with lda 2", as_is, as_is, 2, 2, 3, 2, 2, 2, "3");
    fails("A is 3×2 with lda 1", transposed, as_is, 2, 2, 3, 1, 2, 2, "2");
    fails("B is 3×2 with ldb 1", as_is, as_is, 2, 2, 3, 3, 1, 2, "2");
    fails("B is 2×3 with ldb 2", as_is, transposed, 2, 2, 3, 3, 2, 2, "3");
    fails("C is 2×2 with ldc 1", as_is, as_is, 2, 2, 3, 3, 2, 1, "2");
    fails("C is 2×2 with ldc 1", transposed, transposed, 2, 2, 3, 2, 3, 1, "2");
    // A leading dimension counts even where there is nothing to read.
    fails("A is 0×3 with lda 2", as_is, as_is, 0, 2, 3, 2, 2, 2, "3");
  }
  CHECK(c[0] == 1);
  CHECK(c[1] == 2);
  CHECK(c[2] == 3);
  CHECK(c[3] == 4);
}

TEST_CASE("with alpha = 0 gemm does not read A and B") {
  std::mt19937 random(9);
  for (const Size& size : {Size{3, 4, 5}, Size{1, 90, 80}, Size{70, 261, 135}}) {
    Product product = make_product(size.m, size.n, size.k, 0, Real(-2), Numbers::whole, random);
    product.op_a.assign(product.op_a.size(), not_a_number);
    product.op_b.assign(product.op_b.size(), not_a_number);
    check(product, {0, 0, 0});
  }
}

TEST_CASE("gemm refuses an output that is an input, and writes nothing") {
  constexpr int wide = 40, n = 20;
  std::vector<Real> numbers(wide * wide);
  for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k] = static_cast<Real>(k);
  const std::vector<Real> before = numbers;
  const Real other[n * n] = {};
  for (const Routine& routine : routines) {
    CAPTURE(routine.name);
    // C is the first n columns of the first n rows; X begins at `at`, and is A or B.
    const auto refused = [&](int at, int ld) {
      for (const bool is_a : {true, false}) {
        Real* const x = numbers.data() + at;
        const std::string message =
            routine.name + ": C overlaps " + (is_a ? "A" : "B") + ": an output must not be an input of the same call";
        CHECK_THROWS_WITH_AS(routine.call(Op::as_is, Op::transposed, n, n, n, 1, is_a ? x : other, is_a ? ld : n,
                                          is_a ? other : x, is_a ? n : ld, 0, numbers.data(), wide),
                             message.c_str(), std::invalid_argument);
      }
    };
    refused(0, wide);
    refused(n - 1, wide);           // one column
    refused(wide - 1, wide);        // one column, a row below
    refused((n - 1) * wide, wide);  // one row
    refused(n, wide + 1);           // rows of another length
    CHECK(numbers == before);
    for (const int at : {n, n * wide, n * wide + n}) {  // beside, below, and both
      CHECK_NOTHROW(
          routine.call(Op::as_is, Op::as_is, n, n, n, 0, numbers.data() + at, wide, other, n, 1, numbers.data(), wide));
    }
    CHECK_NOTHROW(  // C beside A, and A's columns before C's
        routine.call(Op::as_is, Op::as_is, n, n, n, 0, numbers.data(), wide, other, n, 1, numbers.data() + n, wide));
    CHECK_NOTHROW(  // A begins where C ends, and has rows of another length
        routine.call(Op::as_is, Op::as_is, n, n, n, 0, numbers.data() + (n - 1) * wide + n, n, other, n, 1,
                     numbers.data(), wide));
    CHECK_NOTHROW(
        routine.call(Op::as_is, Op::as_is, 1, n, 2, 0, numbers.data() + n, 2, other, n, 1, numbers.data(), n));
    CHECK_NOTHROW(
        routine.call(Op::as_is, Op::as_is, 3, 3, 0, 1, numbers.data() + 1, 0, other, 3, 1, numbers.data(), 3));
    CHECK(numbers == before);
  }

  Matrix a(3, 3, 2), b(3, 3, 3);
  CHECK_THROWS_WITH_AS(gemm(Op::as_is, a, Op::as_is, b, b),
                       "gemm: C is B: an output must not be an input of the same call", std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemm(Op::as_is, a, Op::as_is, b, a),
                       "gemm: C is A: an output must not be an input of the same call", std::invalid_argument);
  CHECK(a.values == std::vector<Real>(9, 2));
  CHECK(b.values == std::vector<Real>(9, 3));
}

TEST_CASE("gemm of whole matrices, by hand") {
  const Matrix a{{1, 2, 3}, {4, 5, 6}};
  const Matrix b{{1, 0, -1}, {2, 1, 0}};
  Matrix c;

  gemm(Op::transposed, a, Op::as_is, b, c);  // Aᵀ B
  CHECK(c.rows == 3);
  CHECK(c.cols == 3);
  CHECK(c.values == std::vector<Real>{9, 4, -1, 12, 5, -2, 15, 6, -3});

  gemm(Op::as_is, a, Op::transposed, b, c);  // A Bᵀ
  CHECK(c.rows == 2);
  CHECK(c.cols == 2);
  CHECK(c.values == std::vector<Real>{-2, 4, -2, 13});

  gemm(Op::as_is, a, Op::as_is, Matrix{{1}, {0}, {2}}, c);  // A b
  CHECK(c.rows == 2);
  CHECK(c.cols == 1);
  CHECK(c.values == std::vector<Real>{7, 16});

  gemm(Op::transposed, a, Op::transposed, Matrix{{10, 1}}, c);  // Aᵀ bᵀ
  CHECK(c.rows == 3);
  CHECK(c.cols == 1);
  CHECK(c.values == std::vector<Real>{14, 25, 36});
}

TEST_CASE("gemm of whole matrices gives C its shape and overwrites what it held") {
  std::mt19937 random(8);
  const Size sizes[] = {{5, 7, 6}, {1, 1, 1}, {20, 10, 4}, {67, 33, 130}, {4, 3, 0}, {0, 3, 2}, {3, 0, 2}};
  for (const Size& size : sizes) {
    const Product product = make_product(size.m, size.n, size.k, 1, 0, Numbers::fractions, random);
    for (const Op op_a : ops) {
      for (const Op op_b : ops) {
        for (Matrix c : {Matrix(), Matrix(2, 90, not_a_number), Matrix(100, 100, not_a_number)}) {
          const bool has_room = c.size() >= size.m * size.n;
          const Real* const storage = c.data();
          gemm(op_a, matrix_of(op_a, size.m, size.k, product.op_a), op_b, matrix_of(op_b, size.k, size.n, product.op_b),
               c);
          INFO(name("A", "Aᵀ", op_a), " ", name("B", "Bᵀ", op_b), ", m = ", size.m, ", n = ", size.n, ", k = ", size.k);
          REQUIRE(c.rows == size.m);
          REQUIRE(c.cols == size.n);
          REQUIRE(difference(block_of(Op::as_is, size.m, size.n, c.values, 0, untouched), product.expected) == "");
          if (has_room) REQUIRE(c.data() == storage);
        }
      }
    }
  }
}

TEST_CASE("gemm of whole matrices says which size of B does not suit A") {
  const Matrix a(2, 3);
  const Matrix b(4, 5);
  Matrix c{{1, 2}};
  CHECK_THROWS_WITH_AS(gemm(Op::as_is, a, Op::as_is, b, c), "gemm: A is 2×3 but B is 4×5: B needs 3 rows",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemm(Op::transposed, a, Op::as_is, b, c), "gemm: A is 2×3 but B is 4×5: B needs 2 rows",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemm(Op::as_is, a, Op::transposed, b, c), "gemm: A is 2×3 but B is 4×5: B needs 3 columns",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(gemm(Op::transposed, a, Op::transposed, b, c), "gemm: A is 2×3 but B is 4×5: B needs 2 columns",
                       std::invalid_argument);
  // Nothing has happened to C.
  CHECK(c.rows == 1);
  CHECK(c.cols == 2);
  CHECK(c.values == std::vector<Real>{1, 2});
}
