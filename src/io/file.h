#pragma once

#include <cstddef>
#include <string>

namespace handgrad {

// The whole content of a file of at most `most_bytes`. Throws std::runtime_error with the path and the reason if it
// cannot be read, is longer, or is no file: a device or a pipe may never end.
std::string read_file(const std::string& path, std::size_t most_bytes = 2000000000);

// Writes a file whole or not at all: the text goes to a file beside it, which then takes its name. Folders on
// the way are made. Throws std::runtime_error with the path and the system's reason; what stood there before
// then still stands, and nothing half-written stays behind.
void write_file(const std::string& path, const std::string& text);

}  // namespace handgrad
