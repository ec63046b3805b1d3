#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/io/file.h"
#include "tests/io/temporary_folder.h"

namespace handgrad {

inline void require(bool holds, const std::string& what) {
  if (!holds) throw std::logic_error(what);
}

// A refusal must be one line of text that begins with `source`.
inline void require_clear(const std::string& message, const std::string& source) {
  const bool one_line = std::none_of(message.begin(), message.end(), [](char c) { return c >= 0 && c < ' '; });
  require(one_line && message.size() < 10000 && message.compare(0, source.size(), source) == 0,
          "not a clear line: " + message);
}

// Writes the bytes into a file and calls read(path). Gives true if it was read, false if it was refused with a clear
// line that begins with the file's name; anything else throws.
template <class Read>
bool reads(const std::string& text, Read read) {
  static const TemporaryFolder folder;
  const std::string path = folder.path + "/input";
  std::filesystem::remove(path);  // some disks are waited for when one file replaces another
  write_file(path, text);
  try {
    read(path);
    return true;
  } catch (const std::runtime_error& error) {
    require_clear(error.what(), path);
    return false;
  }
}

// What stands in a text between `separators`, empty words left out.
inline std::vector<std::string> words_of(const std::string& text, const std::string& separators) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (separators.find(c) == std::string::npos) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace handgrad
