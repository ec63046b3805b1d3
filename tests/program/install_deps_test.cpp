// make install-deps with package managers that only say how they were called.

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "src/io/file.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

// Makes `name` in the folder a command that appends its own command line to the file `called`.
void make_noted(const TemporaryFolder& folder, const std::string& name, const std::string& then = "") {
  make_command(folder, name, "echo \"" + name + " $*\" >>'" + folder.path + "/called'\n" + then);
}

constexpr int no_sudo = 1001;  // a user without it

// The status of make install-deps for a user with this number where `manager` is the only package manager, and what
// the commands said. "" stands for none.
int install(const std::string& manager, int user, std::string& called) {
  const TemporaryFolder folder;
  if (user != no_sudo) make_noted(folder, "sudo", "exec \"$@\"");
  make_command(folder, "id", "echo " + std::to_string(user));
  if (!manager.empty()) make_noted(folder, manager);
  for (const char* tool : {"sh", "awk"}) {
    const std::string link = "ln -s \"$(command -v " + std::string(tool) + ")\" '" + folder.path + "/'";
    REQUIRE(std::system(link.c_str()) == 0);
  }
  // Found here, before PATH is only the folder of these commands; of the make that runs the tests it knows nothing.
  const std::string command = "unset MAKEFLAGS MAKELEVEL; make=$(command -v make) && PATH='" + folder.path +
                              "' \"$make\" -s install-deps BUILD=none >'" + folder.path + "/printed' 2>&1";
  const int status = std::system(command.c_str());
  called = std::filesystem::exists(folder.path + "/called") ? read_file(folder.path + "/called")
                                                            : read_file(folder.path + "/printed");
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("install-deps asks the package manager that there is for its doctest") {
  const struct {
    const char* manager;
    const char* called;
  } systems[] = {{"apt-get", "apt-get update -q\napt-get install -y -q doctest-dev\n"},
                 {"dnf", "dnf install -y doctest-devel\n"},
                 {"pacman", "pacman -S --needed --noconfirm doctest\n"},
                 {"apk", "apk add doctest-dev\n"},
                 {"brew", "brew install doctest\n"}};
  for (const auto& system : systems) {
    CAPTURE(system.manager);
    std::string called;
    CHECK(install(system.manager, 0, called) == 0);
    CHECK(called == system.called);
  }
}

TEST_CASE("install-deps goes through sudo for a user who is not root, but for Homebrew") {
  std::string called;
  CHECK(install("dnf", 1000, called) == 0);
  CHECK(called == "sudo dnf install -y doctest-devel\ndnf install -y doctest-devel\n");
  CHECK(install("brew", 1000, called) == 0);
  CHECK(called == "brew install doctest\n");
}

TEST_CASE("install-deps without a package manager that it knows: one line, and a failure") {
  std::string printed;
  CHECK(install("", 0, printed) != 0);
  CHECK(printed.find("handgrad: no apt-get, dnf, pacman, apk or brew here; by hand: doctest is one header, put it at "
                     "./doctest/doctest.h, or at doctest/doctest.h in a folder of CPATH\n") == 0);
}

TEST_CASE("install-deps says how to do it by hand without sudo, and where the package manager fails") {
  std::string printed;
  CHECK(install("apt-get", no_sudo, printed) != 0);
  CHECK(printed.find("handgrad: installing doctest takes root, and there is no sudo here; by hand: ") == 0);
  CHECK(install("brew", no_sudo, printed) == 0);
}
