#pragma once

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace handgrad {

// Calls `function`, which must throw an Error whose text is `message` to the letter; thereby also one line.
template <class Error = std::runtime_error, class Function>
void expect_message(const std::string& message, Function function) {
  try {
    function();
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == message);
    return;
  }
  FAIL_CHECK("nothing thrown, expected: " << message);
}

}  // namespace handgrad
