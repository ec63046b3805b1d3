#pragma once

#include <cstddef>

#include "src/matrix/matrix.h"

namespace handgrad {

// A vector register: `lanes` numbers that one instruction adds or multiplies. g++ and clang++ know such types
// (vector_size) and take for them what the processor has, so no line here is written for one processor.
template <int lanes>
struct VectorRegister {
  typedef Real Type __attribute__((vector_size(lanes * sizeof(Real))));
  // The same numbers anywhere in memory, also in the middle of a row. Only load and store know this type: clang++ 14
  // takes a reference to it for one to the aligned type.
  typedef Real InMemory __attribute__((vector_size(lanes * sizeof(Real)), aligned(alignof(Real)), may_alias));
};
template <int lanes>
using Vector = typename VectorRegister<lanes>::Type;

// How wide and how many the registers are: AVX-512 has 32 of 64 bytes, AVX 16 of 32, aarch64 32 of 16, and all else is
// taken to have 16 of 16.
#if defined(__AVX512F__)
constexpr int vector_bytes = 64, vector_registers = 32;
#elif defined(__AVX__)
constexpr int vector_bytes = 32, vector_registers = 16;
#elif defined(__aarch64__)
constexpr int vector_bytes = 16, vector_registers = 32;
#else
constexpr int vector_bytes = 16, vector_registers = 16;
#endif
constexpr int most_lanes = vector_bytes / static_cast<int>(sizeof(Real));

// The first `used` lanes are x[0], x[1], …; the others are 0.
template <int lanes, int used = lanes>
Vector<lanes> load(const Real* x) {
  if constexpr (used == lanes) {
    return *reinterpret_cast<const typename VectorRegister<lanes>::InMemory*>(x);
  } else if constexpr (used == 3) {
    return Vector<lanes>{x[0], x[1], x[2]};
  } else if constexpr (used == 2) {
    return Vector<lanes>{x[0], x[1]};
  } else {
    return Vector<lanes>{x[0]};
  }
}

// x[0], x[1], … are the first `used` lanes of v; what follows in x is left alone.
template <int lanes, int used = lanes>
void store(const Vector<lanes>& v, Real* x) {
  if constexpr (used == lanes) {
    *reinterpret_cast<typename VectorRegister<lanes>::InMemory*>(x) = v;
  } else {
    for (int lane = 0; lane < used; ++lane) x[lane] = v[lane];
  }
}

// The sum of the lanes, half with half.
template <int lanes>
Real sum_of_lanes(const Vector<lanes>& v) {
  if constexpr (lanes == 1) {
    return v[0];
  } else {
    const Real* halves = reinterpret_cast<const Real*>(&v);
    return sum_of_lanes<lanes / 2>(load<lanes / 2>(halves) + load<lanes / 2>(halves + lanes / 2));
  }
}

}  // namespace handgrad
