#include "tests/io/temporary_folder.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "src/io/text.h"

namespace handgrad {

TemporaryFolder::TemporaryFolder() {
  // The process number keeps two test programs apart, the count two folders of one program.
  static int count = 0;
  const std::string name = "handgrad_test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  path = (std::filesystem::temp_directory_path() / name).string();
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::string names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return joined(names, " ");
}

}  // namespace handgrad
