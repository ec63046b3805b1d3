#include "tests/fuzz/judge.h"

#include <algorithm>
#include <cstdio>

#include "src/io/file.h"
#include "tests/io/temporary_folder.h"

namespace handgrad {

void require(bool holds, const std::string& what) {
  if (!holds) throw std::logic_error(what);
}

void require_clear(const std::string& message, const std::string& source) {
  const bool one_line = std::none_of(message.begin(), message.end(), [](char c) { return c >= 0 && c < ' '; });
  require(one_line && message.size() < 10000 && message.compare(0, source.size(), source) == 0,
          "not a clear line: " + message);
}

std::string input_file(const std::string& text) {
  static const TemporaryFolder folder;
  const std::string path = folder.path + "/input";
  std::remove(path.c_str());  // some disks are waited for when one file replaces another
  write_file(path, text);
  return path;
}

std::vector<std::string> words_of(const std::string& text, const std::string& separators) {
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
