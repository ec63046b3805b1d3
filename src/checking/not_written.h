#pragma once

#include <stdexcept>

namespace handgrad {

// Stands where a student has something to write; takes what the student will need, so that the compiler does not call
// it unused. What comes after it in an exercise is shown as "not written yet".
struct NotWrittenYet : std::runtime_error {
  NotWrittenYet() : std::runtime_error("not written yet") {}
};
template <class... Anything>
[[noreturn]] void not_written_yet(const Anything&...) {
  throw NotWrittenYet();
}

}  // namespace handgrad
