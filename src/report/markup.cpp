#include "src/report/markup.h"

#include <cstddef>

#include "src/io/text.h"

namespace handgrad {

namespace {

// How many bytes the character of UTF-8 has that begins there; 0 if none does. Overlong forms, surrogates and what lies
// above U+10FFFF are none (RFC 3629).
std::size_t bytes_of_character(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t k) { return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0u; };
  const unsigned first = byte(0), second = byte(1);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0u) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool none = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return overlong || none ? 0 : length;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string utf8;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = bytes_of_character(text, at);
    utf8 += length == 0 ? "\uFFFD" : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return replaced(replaced(replaced(replaced(utf8, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
}

}  // namespace handgrad
