#pragma once

#include <string>

namespace handgrad {

// The whole content of a file. Throws std::runtime_error with the path and the system's reason if it cannot
// be read.
std::string read_file(const std::string& path);

// Writes a file whole or not at all: the text goes to a file beside it, which then takes its name. Folders on
// the way are made. Throws std::runtime_error with the path and the system's reason; what stood there before
// then still stands, and nothing half-written stays behind.
void write_file(const std::string& path, const std::string& text);

}  // namespace handgrad
