#pragma once

#include <cstddef>
#include <string>

namespace handgrad {

// The content of a regular file of at most `most_bytes`. Throws std::runtime_error with the path and the reason if it
// cannot be read, is longer, or is a device or a pipe, which may never end.
std::string read_file(const std::string& path, std::size_t most_bytes = 2000000000);

// Writes a file atomically: the text goes to a temporary file beside it, which is then renamed. Missing folders are
// made. Throws std::runtime_error with the path and the system's reason; the old file is then as it was, and no
// temporary file is left.
void write_file(const std::string& path, const std::string& text);

// From now until the program ends no other program that calls this for the same folder gets past it, so that two runs
// into one folder leave the files of one of them, not of both. Makes the folder if it is missing, says on stderr if it
// has to wait, and removes the temporary files that a killed run left there. Throws as write_file does.
void hold_folder(const std::string& folder);

}  // namespace handgrad
