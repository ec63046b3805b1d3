#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handgrad {

// What printf would print, as a string.
__attribute__((format(printf, 1, 2))) std::string formatted(const char* format, ...);

// What was found in a file or an option, fit for a one-line message: in quotes, at most 40 bytes, and every
// byte that does not print as '?'.
std::string quoted(const std::string& found);

// The pieces between the separators; a separator at the very end begins one more, empty, piece.
std::vector<std::string> split(const std::string& text, char separator);

// The words in their order, a separator between each and the next.
std::string joined(const std::vector<std::string>& words, const std::string& separator);

// The text with blanks behind it up to `width` characters; printf would count the bytes of ∂ and β. At least one blank
// where the text is longer.
std::string padded(const std::string& text, std::size_t width);

}  // namespace handgrad
