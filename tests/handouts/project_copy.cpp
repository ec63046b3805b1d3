#include "tests/handouts/project_copy.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

namespace handgrad {

ProjectCopy::ProjectCopy() {
  const std::filesystem::path build = std::filesystem::path(std::getenv("HANDGRAD_PROGRAMS")).parent_path();
  const std::string copy = "mkdir -p '" + folder.path +
                           "/build' && cp -Rp Makefile README.md data lessons src tests '" + folder.path +
                           "' && cp -Rp '" + build.string() + "' '" + folder.path + "/build'";
  REQUIRE(std::system(copy.c_str()) == 0);
  make = "make -s BUILD='build/" + build.filename().string() + "' ";
}

Outcome ProjectCopy::run(const std::string& command) const {
  const TemporaryFolder printed;
  const std::string file = printed.path + "/out";
  const int status = std::system(("cd '" + folder.path + "' && { " + command + "; } >'" + file + "' 2>&1").c_str());
  return {WEXITSTATUS(status), read_file(file), ""};
}

}  // namespace handgrad
