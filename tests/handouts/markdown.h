#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "src/io/file.h"
#include "src/io/text.h"

namespace handgrad {

// Files below the current folder whose name ends so, sorted, but for what make wrote and for dot files.
inline std::vector<std::string> files_ending(const std::vector<std::string>& endings) {
  std::vector<std::string> paths;
  std::filesystem::recursive_directory_iterator entry("."), end;
  for (; entry != end; ++entry) {
    const std::string path = entry->path().lexically_normal().string();
    const bool skip = path == "build" || path == "out" || entry->path().filename().string()[0] == '.';
    if (skip) entry.disable_recursion_pending();
    for (const std::string& ending : endings) {
      const bool ends = path.size() >= ending.size() && path.substr(path.size() - ending.size()) == ending;
      if (ends && !skip && entry->is_regular_file()) paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// A line of a handout.
struct HandoutLine {
  int number;            // from 1
  std::string text;      // in a block without the indentation of its fence
  bool in_block;         // between two fences, which themselves are left out
  std::string language;  // of the block: "cpp", "diff", "sh" or ""
  int block;             // counts the blocks
};

inline std::vector<HandoutLine> read_handout(const std::string& path) {
  std::vector<HandoutLine> lines;
  std::string language;
  bool in_block = false;
  std::size_t indent = 0;
  int number = 0, block = 0;
  for (const std::string& text : split(read_file(path), '\n')) {
    ++number;
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    if (text.compare(first, 3, "```") == 0) {
      in_block = !in_block;
      if (in_block) ++block;
      language = text.substr(first + 3);
      indent = first;
    } else {
      lines.push_back({number, in_block ? text.substr(std::min(indent, first)) : text, in_block, language, block});
    }
  }
  return lines;
}

// What stands between `before` and `after`, again and again.
inline std::vector<std::string> all_within(const std::string& text, const std::string& before,
                                           const std::string& after) {
  std::vector<std::string> found;
  std::size_t begin = text.find(before);
  while (begin != std::string::npos) {
    begin += before.size();
    const std::size_t end = text.find(after, begin);
    if (end == std::string::npos) break;
    found.push_back(text.substr(begin, end - begin));
    begin = text.find(before, end + after.size());
  }
  return found;
}

inline std::vector<std::string> code_spans(const std::string& text) {
  return all_within(text, "`", "`");
}

struct Link {
  std::string text;
  std::string file;    // "" for the handout itself
  std::string anchor;  // behind the #
};

// [text](file#anchor) and ![text](file), but for addresses of the web.
inline std::vector<Link> links_in(const std::string& line) {
  std::vector<Link> links;
  for (std::size_t middle = line.find("]("); middle != std::string::npos; middle = line.find("](", middle + 2)) {
    const std::size_t begin = line.rfind('[', middle), end = line.find(')', middle);
    if (begin == std::string::npos || end == std::string::npos) continue;
    const std::string target = line.substr(middle + 2, end - middle - 2);
    if (target.compare(0, 4, "http") == 0) continue;
    const std::size_t hash = std::min(target.find('#'), target.size());
    const std::string anchor = hash < target.size() ? target.substr(hash + 1) : "";
    links.push_back({line.substr(begin + 1, middle - begin - 1), target.substr(0, hash), anchor});
  }
  return links;
}

// What a heading is called in an address: lower case, - for a blank, no punctuation.
inline std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const unsigned char u = static_cast<unsigned char>(c);
    if (c == ' ') anchor += '-';
    if (std::isalnum(u) || c == '-' || c == '_' || u >= 128) anchor += static_cast<char>(std::tolower(u));
  }
  return anchor;
}

}  // namespace handgrad
