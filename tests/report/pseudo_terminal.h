#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace handgrad {

// A terminal without a screen: what a program writes to `end` can be read here.
struct PseudoTerminal {
  int screen = posix_openpt(O_RDWR | O_NOCTTY);
  int end = -1;

  PseudoTerminal() {
    REQUIRE(screen >= 0);
    REQUIRE(grantpt(screen) == 0);
    REQUIRE(unlockpt(screen) == 0);
    end = open(ptsname(screen), O_RDWR | O_NOCTTY);
    REQUIRE(end >= 0);
  }
  ~PseudoTerminal() {
    close(end);
    close(screen);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  // What was written and not yet read; waits for at least one byte.
  std::string read_some() const {
    char bytes[4096];
    const ssize_t count = read(screen, bytes, sizeof bytes);
    return count > 0 ? std::string(bytes, static_cast<std::size_t>(count)) : "";
  }
};

}  // namespace handgrad
