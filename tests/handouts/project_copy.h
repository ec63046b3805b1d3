#pragma once

#include <string>

#include "tests/program/program.h"

namespace handgrad {

// A copy of the project to change: its sources, and what is built of them with its times, so that make builds only what
// is new. The tests run in the project's root.
struct ProjectCopy {
  TemporaryFolder folder;
  std::string make;  // the command that builds there with the same compiler and flags

  ProjectCopy();

  // What a command prints, stdout and stderr, when it is run there.
  Outcome run(const std::string& command) const;
};

}  // namespace handgrad
