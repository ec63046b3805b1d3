#include "src/training/names.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <stdexcept>

#include "src/io/text.h"

namespace handgrad {

std::string ArrayName::layer() const {
  return number == 0 ? kind : kind + std::to_string(number);
}

ArrayName array_name(const std::string& name) {
  const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
  const auto is_of_a_word = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  const char* const end = name.data() + name.size();
  const char* const digits = std::find_if_not(name.data(), end, is_letter);
  ArrayName parts{{name.data(), digits}, 0, ""};
  const char* const underscore = std::from_chars(digits, end, parts.number).ptr;
  if (underscore != end && *underscore == '_') parts.what = {underscore + 1, end};

  const bool number_fits = digits == underscore || parts.number >= 1;
  const bool what_fits = !parts.what.empty() && std::all_of(parts.what.begin(), parts.what.end(), is_of_a_word);
  if (parts.kind.empty() || !number_fits || !what_fits) {
    throw std::invalid_argument("an array is named " + quoted(name) +
                                ": expected KIND, NUMBER from 1, _ and WHAT, such as fc2_weight, bn1_gamma, relu3_out");
  }
  return parts;
}

}  // namespace handgrad
