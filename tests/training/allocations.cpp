#include "tests/training/allocations.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

long count = 0;

}  // namespace

long handgrad::allocations() {
  return count;
}

// These stand in for the library's own in the whole test program; its new[] and delete[] call them. malloc stays below
// them, so that a sanitizer still sees every block. The one that does not throw is what std::stable_sort asks.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++count;
  return std::malloc(size == 0 ? 1 : size);
}

void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
