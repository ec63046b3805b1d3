#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "src/io/text.h"

namespace handgrad {

// What stands between each `begin` and the `end` that follows it.
inline std::vector<std::string> pieces_between(const std::string& text, const std::string& begin,
                                               const std::string& end) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;) {
    at += begin.size();
    const std::size_t stop = text.find(end, at);
    if (stop == std::string::npos) break;
    pieces.push_back(text.substr(at, stop - at));
  }
  return pieces;
}

// The same as one text, which a failed check can print.
inline std::string all_between(const std::string& text, const std::string& begin, const std::string& end) {
  return joined(pieces_between(text, begin, end), " | ");
}

// The points of every line of a plot.
inline std::string points_of(const std::string& svg) {
  return all_between(svg, " points=\"", "\"/>");
}

inline int count_of(const std::string& text, const std::string& what) {
  int count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

// Checks HTML or SVG: every tag is closed by its own, attributes are in quotes, and every & begins an entity.
// Of HTML's tags that close themselves it knows <meta> and <!DOCTYPE>.
inline void check_well_formed(const std::string& markup) {
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = markup.find('<', at)) != std::string::npos;) {
    const std::size_t stop = markup.find('>', at);
    REQUIRE(stop != std::string::npos);
    const std::string tag = markup.substr(at + 1, stop - at - 1);
    at = stop;
    CAPTURE(tag);
    CHECK(tag.find('<') == std::string::npos);
    CHECK(count_of(tag, "\"") == 2 * count_of(tag, "=\""));
    const std::string name = tag.substr(0, tag.find(' '));
    if (name[0] == '/') {
      REQUIRE(!open.empty());
      CHECK(open.back() == name.substr(1));
      open.pop_back();
    } else if (tag.back() != '/' && name != "meta" && name != "!DOCTYPE") {
      open.push_back(name);
    }
  }
  CHECK(open.empty());
  CHECK(count_of(markup, "&") ==
        count_of(markup, "&amp;") + count_of(markup, "&lt;") + count_of(markup, "&gt;") + count_of(markup, "&quot;"));
}

}  // namespace handgrad
