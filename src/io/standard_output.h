#pragma once

namespace handgrad {

// Flushes stdout. Throws std::runtime_error if anything printed since the program's start could not be written: a full
// disk, or a closed pipe, as in `make run-lesson1 | head -1`.
void flush_standard_output();

}  // namespace handgrad
