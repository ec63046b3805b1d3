#pragma once

namespace handgrad {

// Flushes stdout, and remembers the reason if that fails, for flush_standard_output.
void show_standard_output();

// Flushes stdout. Throws std::runtime_error with the system's reason if anything printed since the program's start
// could not be written: a full disk, or a closed pipe, as in `make run-lesson1 | head -1`.
void flush_standard_output();

}  // namespace handgrad
