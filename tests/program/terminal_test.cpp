#include <doctest/doctest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "tests/program/program.h"
#include "tests/report/pseudo_terminal.h"

using namespace handgrad;

TEST_CASE("on a terminal a long run shows its progress, and erases it before each line of an epoch and at Ctrl-C") {
  const std::string program = program_path("lesson1");
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  const PseudoTerminal terminal;
  const pid_t child = fork();
  if (child == 0) {
    dup2(terminal.end, STDOUT_FILENO);
    dup2(terminal.end, STDERR_FILENO);
    execl(program.c_str(), "lesson1", "--run", "mlp8", "--epochs", "1000000", "--out", out.c_str(), nullptr);
    _exit(127);
  }
  // Until the line was there and went again; it takes a second, the whole run much longer.
  std::string text;
  std::size_t shown = std::string::npos, erased = std::string::npos;
  while (erased == std::string::npos && waitpid(child, nullptr, WNOHANG) == 0) {
    text += terminal.read_some();
    shown = text.find(" s left");
    if (shown != std::string::npos) erased = text.find("\r\033[Kepoch = ", shown);
  }
  kill(child, SIGINT);
  std::string rest;  // read while it ends: a full terminal would keep it waiting
  for (bool ended = false, more = true; !ended || more;) {
    ended = ended || waitpid(child, nullptr, WNOHANG) != 0;
    pollfd screen = {terminal.screen, POLLIN, 0};
    more = poll(&screen, 1, 20) > 0;
    if (more) rest += terminal.read_some();
  }
  CHECK(rest.substr(rest.rfind("\r\033[K") + 4) ==
        "lesson1: interrupted; every file that is there is whole, of this run or an earlier one: run it again\r\n");
  REQUIRE(shown != std::string::npos);
  REQUIRE(erased != std::string::npos);
  const std::size_t begin = text.rfind("\r\033[K", shown);
  CHECK(text.compare(begin, 10, "\r\033[Kepoch ") == 0);
  CHECK(text.substr(begin, shown - begin).find(" of 1000000, loss 0.") != std::string::npos);
  CHECK(text.substr(begin, shown - begin).find('\n') == std::string::npos);
}
