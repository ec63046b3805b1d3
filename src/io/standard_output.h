#pragma once

namespace handgrad {

// Sends what was printed so far on its way. Throws std::runtime_error if any of it since the program's start could not
// be written: a full disk, or a reader that has gone, as in `make run-lesson1 | head -1`.
void flush_standard_output();

}  // namespace handgrad
