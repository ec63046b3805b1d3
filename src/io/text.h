#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handgrad {

// What printf would print, as a string.
__attribute__((format(printf, 1, 2))) std::string formatted(const char* format, ...);

// "1 row", "20 rows".
std::string counted(int count, const std::string& noun);

// The number with as many digits as it takes to read it back: 0.05, 0.9999999999.
std::string number_text(double number);

// What was found in a file or an option, for a one-line message: quoted, at most 40 bytes, every unprintable byte as
// '?'.
std::string quoted(const std::string& found);

// The pieces between the separators; a separator at the end is followed by one more, empty, piece.
std::vector<std::string> split(const std::string& text, char separator);

// Whether the text is a decimal number, 0.25 or -1e-05, and nothing else, not nan or 0x10 either; then `number` is it.
bool read_number(const std::string& text, double& number);

// The length of the byte-order mark that some editors write before a text: 3, or 0 where there is none.
std::size_t byte_order_mark(const std::string& text);

bool contains(const std::string& text, const std::string& part);

// The text with every `from` replaced by `to`.
std::string replaced(const std::string& text, const std::string& from, const std::string& to);

// The words in their order, a separator between each and the next.
std::string joined(const std::vector<std::string>& words, const std::string& separator);

// The text padded with blanks to `width` characters (printf would count the bytes of ∂ and β), and with one blank if it
// is longer.
std::string padded(const std::string& text, std::size_t width);

}  // namespace handgrad
