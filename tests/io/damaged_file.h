#pragma once

#include <cstddef>
#include <string>

#include "src/io/file.h"
#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"

namespace handgrad {

// Writes `text` to a file of its own and calls read(path), which must throw `message`; in it FILE stands for
// the path.
template <class Read>
void expect_refused(const std::string& text, std::string message, Read read) {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/damaged.csv";
  write_file(path, text);
  message.replace(message.find("FILE"), 4, path);
  expect_message(message, [&] { read(path); });
}

// The same for what is no file at all: a folder, and a path where nothing is.
template <class Read>
void expect_unreadable_refused(Read read) {
  const TemporaryFolder folder;
  expect_message("cannot read " + folder.path + ": Is a directory", [&] { read(folder.path); });
  const std::string nowhere = folder.path + "/nowhere.csv";
  expect_message("cannot open " + nowhere + ": No such file or directory", [&] { read(nowhere); });
}

// The text with line `number` (1, 2, …) replaced by `line`, which brings its own newline; "" takes the line out.
inline std::string with_line(const std::string& text, int number, const std::string& line) {
  std::size_t begin = 0;
  for (int k = 1; k < number; ++k) begin = text.find('\n', begin) + 1;
  return text.substr(0, begin) + line + text.substr(text.find('\n', begin) + 1);
}

// The text with every `found` replaced.
inline std::string with_all(std::string text, const std::string& found, const std::string& replacement) {
  for (std::size_t at = 0; (at = text.find(found, at)) != std::string::npos; at += replacement.size()) {
    text.replace(at, found.size(), replacement);
  }
  return text;
}

}  // namespace handgrad
