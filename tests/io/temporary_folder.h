#pragma once

#include <string>

namespace handgrad {

// A fresh, empty folder, which is gone with all that is in it at the end of the block.
struct TemporaryFolder {
  std::string path;

  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

// The names of what lies in a folder, sorted, a blank between each and the next.
std::string names_in(const std::string& folder);

}  // namespace handgrad
