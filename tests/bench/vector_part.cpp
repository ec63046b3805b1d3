#include <cmath>
#include <cstddef>
#include <cstdio>

#include "src/matrix/gemm_ladder.h"
#include "src/matrix/gemv.h"
#include "src/matrix/vector.h"
#include "tests/bench/parts.h"
#include "tests/bench/peers.h"
#include "tests/bench/product.h"
#include "tests/bench/table.h"

namespace handgrad {

namespace {

// Where the numbers lie: vectors of n numbers, a matrix of side × side.
struct Place {
  const char* name;
  int n, side;
};
constexpr Place places[] = {{"L1", 2048, 64}, {"L2", 65536, 352}, {"memory", 1 << 24, 4096}};

// What the routines work on: whole numbers up to 1, so that every sum below is exact in float.
struct Numbers {
  Matrix x, y, z;          // 1 × n
  Matrix a, column, line;  // side × side, side × 1, 1 × side
  Matrix result{1, 1};

  explicit Numbers(const Place& place)
      : x(whole_numbers(1, place.n, 1)),
        y(whole_numbers(1, place.n, 1)),
        z(1, place.n),
        a(whole_numbers(place.side, place.side, 1)),
        column(whole_numbers(place.side, 1, 1)),
        line(1, place.side) {}
};

// A routine of ours and OpenBLAS's, which is empty without it. Both change `output`; `expected` is what one call makes
// of it.
struct Routine {
  const char* name;
  double bytes;  // that have to be read and written
  bool writes;   // a vector or a matrix that it has read
  Contender ours, theirs;
  Matrix* output;
  Matrix expected;
};

double bytes_of(int count) {
  return static_cast<double>(count) * sizeof(Real);
}

std::vector<Routine> level1(Numbers& numbers, const Cblas* blas) {
  Numbers* s = &numbers;
  const int n = s->x.cols;
  Matrix dot_xy(1, 1), sum(1, 1), x_plus_y = s->y, minus_x = s->x, abs_x = s->x;
  const Matrix ones(n, 1, 1);
  for (Real& value : abs_x.values) value = std::abs(value);
  gemm_naive(Op::as_is, Op::as_is, 1, 1, n, 1, s->x.data(), n, s->y.data(), 1, 0, dot_xy.data(), 1);
  gemm_naive(Op::as_is, Op::as_is, 1, 1, n, 1, abs_x.data(), n, ones.data(), 1, 0, sum.data(), 1);
  gemm_naive(Op::as_is, Op::as_is, 1, n, 1, 1, ones.data(), 1, s->x.data(), n, 1, x_plus_y.data(), n);
  gemm_naive(Op::as_is, Op::as_is, 1, n, 0, 1, nullptr, 0, nullptr, n, -1, minus_x.data(), n);

  std::vector<Routine> routines{
      {"dot", 2 * bytes_of(n), false, [=] { s->result(0, 0) = dot(n, s->x.data(), s->y.data()); },
       [=] { s->result(0, 0) = blas->sdot(n, s->x.data(), 1, s->y.data(), 1); }, &s->result, dot_xy},
      {"asum", bytes_of(n), false, [=] { s->result(0, 0) = asum(n, s->x.data()); },
       [=] { s->result(0, 0) = blas->sasum(n, s->x.data(), 1); }, &s->result, sum},
      {"axpy", 3 * bytes_of(n), true, [=] { axpy(n, 1, s->x.data(), s->y.data()); },
       [=] { blas->saxpy(n, 1, s->x.data(), 1, s->y.data(), 1); }, &s->y, x_plus_y},
      {"scal", 2 * bytes_of(n), true, [=] { scal(n, -1, s->x.data()); }, [=] { blas->sscal(n, -1, s->x.data(), 1); },
       &s->x, minus_x}};
  return routines;
}

std::vector<Routine> level2(Numbers& numbers, const Cblas* blas) {
  Numbers* s = &numbers;
  const int n = s->a.rows;
  Matrix a_x(1, n), at_x(1, n);
  gemm_naive(Op::as_is, Op::as_is, n, 1, n, 1, s->a.data(), n, s->column.data(), 1, 0, a_x.data(), 1);
  gemm_naive(Op::transposed, Op::as_is, n, 1, n, 1, s->a.data(), n, s->column.data(), 1, 0, at_x.data(), 1);

  const auto ours = [=](Op op) -> Contender {
    return [=] { gemv(op, n, n, 1, s->a.data(), n, s->column.data(), 0, s->line.data()); };
  };
  const auto theirs = [=](int op) -> Contender {
    return
        [=] { blas->sgemv(cblas_row_major, op, n, n, 1, s->a.data(), n, s->column.data(), 1, 0, s->line.data(), 1); };
  };
  return {{"gemv, A", bytes_of(n * n), false, ours(Op::as_is), theirs(cblas_as_is), &s->line, a_x},
          {"gemv, Aᵀ", bytes_of(n * n), false, ours(Op::transposed), theirs(cblas_transposed), &s->line, at_x}};
}

// One call, judged; then the numbers are as before.
void check(const std::string& name, const Contender& contender, Routine& routine) {
  const Matrix before = *routine.output;
  contender();
  check_equal(name, routine.output->size(), routine.output->data(), routine.expected.data());
  *routine.output = before;
}

void measure(Routine& routine, const Place& place, Numbers& numbers, bool with_openblas) {
  constexpr double seconds = 0.4;
  Numbers* s = &numbers;
  const std::size_t n = s->x.values.size();
  const double n_bytes = bytes_of(place.n);

  check(std::string(routine.name) + " in " + place.name, routine.ours, routine);
  std::vector<Contender> contenders{routine.ours};
  if (routine.writes) {
    contenders.push_back([=] { update_in_place(n, s->z.data()); });
  } else {
    contenders.push_back([=] { s->result(0, 0) = sum_in_vectors(n, s->x.data()); });
  }
  if (with_openblas) {
    check(std::string("OpenBLAS's ") + routine.name, routine.theirs, routine);
    contenders.push_back(routine.theirs);
  }

  const std::vector<double> taken = seconds_per_call(contenders, seconds);
  const double ours = routine.bytes / taken[0] / 1e9, memory = (routine.writes ? 2 : 1) * n_bytes / taken[1] / 1e9;
  const double theirs = with_openblas ? routine.bytes / taken[2] / 1e9 : 0;
  print_row({routine.name, place.name, bytes_text(routine.bytes), formatted("%.1f", ours), formatted("%.1f", memory),
             formatted("%.2f", ours / memory), with_openblas ? formatted("%.1f", theirs) : "–",
             with_openblas ? formatted("%.2f", ours / theirs) : "–"});
}

}  // namespace

void bench_vector(const Machine&) {
  const Cblas* blas = openblas();
  std::printf(
      "\nLevel 1 and 2, in GB/s of the bytes that have to be read and written; every result was first held against\n"
      "gemm_naive, on whole numbers and without tolerance. Beside it what the memory gives at this size: to a sum of "
      "as\n"
      "many numbers or, for a routine that also writes, to x = 1 - x.\n");
  print_header(
      {"routine", "in", "bytes", "handgrad", "memory", "handgrad over memory", "OpenBLAS", "handgrad over OpenBLAS"});
  for (const Place& place : places) {
    Numbers numbers(place);
    for (Routine& routine : level1(numbers, blas)) measure(routine, place, numbers, blas != nullptr);
    for (Routine& routine : level2(numbers, blas)) measure(routine, place, numbers, blas != nullptr);
  }
}

}  // namespace handgrad
