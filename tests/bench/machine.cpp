#include "tests/bench/machine.h"

#include <sys/utsname.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>

#include "tests/bench/table.h"

namespace handgrad {

namespace {

#if defined __AVX512F__
constexpr int vector_bytes = 64;
constexpr const char* instruction_set = "AVX-512";
#elif defined __AVX2__ && defined __FMA__
constexpr int vector_bytes = 32;
constexpr const char* instruction_set = "AVX2 and FMA";
#elif defined __AVX__
constexpr int vector_bytes = 32;
constexpr const char* instruction_set = "AVX";
#elif defined __SSE2__
constexpr int vector_bytes = 16;
constexpr const char* instruction_set = "SSE2";
#elif defined __aarch64__
constexpr int vector_bytes = 16;
constexpr const char* instruction_set = "NEON";
#else
constexpr int vector_bytes = 16;
constexpr const char* instruction_set = "not known";
#endif

using Vector = Real __attribute__((vector_size(vector_bytes)));
constexpr std::size_t lanes = vector_bytes / sizeof(Real);

// A fused multiply-add takes about 4 cycles and two begin in each: 12 sums that do not wait for each other keep both
// units busy, and fit the 16 registers that AVX2 has.
constexpr int sums = 12;

// The sum of count numbers or vectors, which it overwrites. The second half is added to the first until one is left: so
// few additions wait for another.
template <typename Number, std::size_t count>
Number total(Number (&sum)[count]) {
  for (std::size_t left = count; left > 1;) {
    const std::size_t half = (left + 1) / 2;
    for (std::size_t s = 0; s + half < left; ++s) sum[s] += sum[s + half];
    left = half;
  }
  return sum[0];
}

template <std::size_t count>
Real total_of_lanes(Vector (&sum)[count]) {
  const Vector all = total(sum);
  Real lane[lanes];
  std::memcpy(lane, &all, sizeof all);
  return total(lane);
}

Vector vector_at(const Real* x) {
  Vector vector;
  std::memcpy(&vector, x, sizeof vector);
  return vector;
}

// GFLOP/s of `rounds` multiply-adds in each sum. Volatile numbers go in and come out: the compiler knows neither that
// two sums are equal nor that nobody needs them.
double multiply_add_speed(int rounds) {
  volatile Real factor = Real(0.5);
  volatile Real sink;
  const Vector x = Vector{} + factor, y = Vector{} + 1;
  Vector sum[sums];
  for (Vector& one : sum) one = Vector{} + factor;
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < rounds; ++round) {
    for (Vector& one : sum) one = one * x + y;
  }
  sink = total_of_lanes(sum);
  static_cast<void>(sink);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  return 2.0 * lanes * sums * rounds / seconds.count() / 1e9;
}

// The best of many short tries: whatever disturbs one makes it slower, never faster.
double measured_peak() {
  double best = 0;
  for (int i = 0; i < 100; ++i) best = std::max(best, multiply_add_speed(1000000));
  return best;
}

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  utsname system{};
  uname(&system);
  return system.machine;
}

std::string compiler_name() {
#ifdef __clang__
  return __VERSION__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  char text[11];
  std::strftime(text, sizeof text, "%Y-%m-%d", std::localtime(&now));
  return text;
}

}  // namespace

Machine this_machine() {
  const char* flags = std::getenv("HANDGRAD_FLAGS");
  return {processor_name(), compiler_name(), flags == nullptr ? "not known" : flags,
          instruction_set,  today(),         measured_peak()};
}

void print_machine(const Machine& machine) {
  print_header({"machine", ""});
  print_row({"processor", machine.processor});
  print_row({"compiler", machine.compiler});
  print_row({"flags", "`" + machine.flags + "`"});
  print_row({"instruction set", machine.instruction_set});
  print_row({"date", machine.date});
  print_row({"measured peak of one core", formatted("%.1f GFLOP/s", machine.peak)});
}

void update_in_place(std::size_t n, Real* x) {
  for (std::size_t i = 0; i < n; ++i) x[i] = 1 - x[i];
}

Real sum_in_vectors(std::size_t n, const Real* x) {
  constexpr std::size_t partial = 8;
  Vector sum[partial] = {};
  std::size_t i = 0;
  for (; i + partial * lanes <= n; i += partial * lanes) {
    for (std::size_t s = 0; s < partial; ++s) sum[s] += vector_at(x + i + s * lanes);
  }
  for (std::size_t s = 0; s < partial && i + lanes <= n; ++s, i += lanes) sum[s] += vector_at(x + i);
  Real all = total_of_lanes(sum);
  for (; i < n; ++i) all += x[i];
  return all;
}

}  // namespace handgrad
