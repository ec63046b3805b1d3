#pragma once

#include <utility>

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

template <int lanes>
Vector<lanes> load(const Real* x) {
  return *reinterpret_cast<const typename VectorRegister<lanes>::InMemory*>(x);
}

template <int lanes>
void store(const Vector<lanes>& v, Real* x) {
  *reinterpret_cast<typename VectorRegister<lanes>::InMemory*>(x) = v;
}

#ifdef __has_builtin
#if __has_builtin(__builtin_shufflevector)
#define HANDGRAD_SHUFFLE __builtin_shufflevector
#endif
#endif

// A vector of the lanes with these numbers; those of b count on from those of a: shuffled<4, 0, 4, 1, 5>(a, b) is a[0],
// b[0], a[1], b[1]. Older compilers have no name for it and get it lane by lane.
template <int lanes, int... lane>
Vector<sizeof...(lane)> shuffled(const Vector<lanes>& a, const Vector<lanes>& b) {
#ifdef HANDGRAD_SHUFFLE
  return HANDGRAD_SHUFFLE(a, b, lane...);
#else
  return Vector<sizeof...(lane)>{(lane < lanes ? a[lane % lanes] : b[lane % lanes])...};
#endif
}

// Half of the lanes, beginning with lane `from`.
template <int from, int lanes, int... lane>
Vector<lanes / 2> half_of(const Vector<lanes>& v, std::integer_sequence<int, lane...>) {
  return shuffled<lanes, (from + lane)...>(v, v);
}
template <int lanes>
Vector<lanes / 2> lower_half(const Vector<lanes>& v) {
  return half_of<0, lanes>(v, std::make_integer_sequence<int, lanes / 2>());
}
template <int lanes>
Vector<lanes / 2> upper_half(const Vector<lanes>& v) {
  return half_of<lanes / 2, lanes>(v, std::make_integer_sequence<int, lanes / 2>());
}

// The lanes of a, then those of b.
template <int lanes, int... lane>
Vector<2 * lanes> joined(const Vector<lanes>& a, const Vector<lanes>& b, std::integer_sequence<int, lane...>) {
  return shuffled<lanes, lane...>(a, b);
}
template <int lanes>
Vector<2 * lanes> joined(const Vector<lanes>& a, const Vector<lanes>& b) {
  return joined<lanes>(a, b, std::make_integer_sequence<int, 2 * lanes>());
}

// The first `count` lanes are x[0], x[1], …; the others are 0, and no number behind them is read.
template <int lanes>
Vector<lanes> load_first(int count, const Real* x) {
  if (count == lanes) return load<lanes>(x);
  if constexpr (lanes > 1) {
    constexpr int half = lanes / 2;
    if (count > half) return joined<half>(load<half>(x), load_first<half>(count - half, x + half));
    return joined<half>(load_first<half>(count, x), Vector<half>{});
  }
  return Vector<lanes>{};
}

// x[0], x[1], … are the first `count` lanes of v; what follows in x is left alone.
template <int lanes>
void store_first(int count, const Vector<lanes>& v, Real* x) {
  if (count == lanes) return store<lanes>(v, x);
  if constexpr (lanes > 1) {
    constexpr int half = lanes / 2;
    if (count < half) return store_first<half>(count, lower_half<lanes>(v), x);
    store<half>(lower_half<lanes>(v), x);
    store_first<half>(count - half, upper_half<lanes>(v), x + half);
  }
}

// The sum of the lanes, half with half.
template <int lanes>
Real sum_of_lanes(const Vector<lanes>& v) {
  if constexpr (lanes == 1) {
    return v[0];
  } else {
    return sum_of_lanes<lanes / 2>(lower_half<lanes>(v) + upper_half<lanes>(v));
  }
}

}  // namespace handgrad
