#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace handgrad {

void require(bool holds, const std::string& what);

// A refusal must be one line of text that begins with `source`.
void require_clear(const std::string& message, const std::string& source);

// Writes the bytes into the one file that all targets read, and gives its path.
std::string input_file(const std::string& text);

// Writes the bytes into a file and calls read(path). Gives true if it was read, false if it was refused with a clear
// line that begins with the file's name; anything else throws.
template <class Read>
bool reads(const std::string& text, Read read) {
  const std::string path = input_file(text);
  try {
    read(path);
    return true;
  } catch (const std::runtime_error& error) {
    require_clear(error.what(), path);
    return false;
  }
}

// What stands in a text between `separators`, empty words left out.
std::vector<std::string> words_of(const std::string& text, const std::string& separators);

}  // namespace handgrad
