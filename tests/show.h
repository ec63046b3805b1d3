#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <vector>

// How doctest shows the tables that a test compares: {{18, 0, 0}, {0, 1, 0}, {0, 14, 17}}. The Makefile puts this in
// front of every test.

namespace doctest {

template <class List>
String list_text(const List& list) {
  constexpr std::size_t most = 100;
  String text = "{";
  for (std::size_t k = 0; k < list.size() && k < most; ++k) text += (k == 0 ? "" : ", ") + toString(list[k]);
  return text + (list.size() > most ? ", …}" : "}");
}

template <class T>
struct StringMaker<std::vector<T>> {
  static String convert(const std::vector<T>& list) { return list_text(list); }
};

template <class T, std::size_t n>
struct StringMaker<std::array<T, n>> {
  static String convert(const std::array<T, n>& list) { return list_text(list); }
};

}  // namespace doctest
