#include "src/report/progress.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/report/pseudo_terminal.h"

using namespace handgrad;

namespace {

// Sends stderr to another place until the end of the block.
struct StderrTo {
  int before;
  explicit StderrTo(int place) : before(dup(STDERR_FILENO)) { dup2(place, STDERR_FILENO); }
  ~StderrTo() {
    dup2(before, STDERR_FILENO);
    close(before);
  }
  StderrTo(const StderrTo&) = delete;
  StderrTo& operator=(const StderrTo&) = delete;
};

void wait_a_second() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
}

// What stands between the two marks around what `act` writes to stderr.
template <class Act>
std::string written_to(const PseudoTerminal& terminal, const Act& act) {
  {
    const StderrTo there(terminal.end);
    act();
    std::fputs("|", stderr);
  }
  std::string text;
  while (text.empty() || text.back() != '|') text += terminal.read_some();
  return text.substr(0, text.size() - 1);
}

}  // namespace

TEST_CASE("on a terminal the progress line comes after a second, and is erased at the end") {
  const PseudoTerminal terminal;
  const std::string text = written_to(terminal, [] {
    Progress progress(400);
    progress.show(1, 0.5, 100);  // too early
    wait_a_second();
    progress.show(100, 0.25, 1234);
    progress.show(101, 0.25, 1234);  // too soon after the other
  });
  // A second for 100 epochs: 3 for the 300 that are left, or more if the machine was busy.
  CHECK(text.find("\r\033[Kepoch 100 of 400, loss 0.2500, 1234 samples/sec, ") == 0);
  const std::string rest = text.substr(text.find("sec, ") + 5);
  CHECK(std::stoi(rest) >= 3);
  CHECK(rest.substr(rest.find(' ')) == " s left\r\033[K");
}

TEST_CASE("the progress line is erased when an error ends the training") {
  const PseudoTerminal terminal;
  const std::string text = written_to(terminal, [] {
    try {
      Progress progress(400);
      wait_a_second();
      progress.show(100, 0.25, 1234);
      throw std::runtime_error("the loss is infinite");
    } catch (const std::exception& error) {
      std::fprintf(stderr, "lesson1: %s", error.what());
    }
  });
  CHECK(text.substr(text.find(" s left")) == " s left\r\033[Klesson1: the loss is infinite");
}

TEST_CASE("the last epoch, a short training and a pipe have no progress line") {
  const PseudoTerminal terminal;
  CHECK(written_to(terminal, [] {
          Progress progress(3);
          progress.show(1, 0.5, 100);
          wait_a_second();
          progress.show(3, 0.5, 100);
        }) == "");

  int ends[2];
  REQUIRE(pipe(ends) == 0);
  {
    const StderrTo there(ends[1]);
    Progress progress(400);
    wait_a_second();
    progress.show(100, 0.25, 1234);
  }
  close(ends[1]);
  char byte;
  CHECK(read(ends[0], &byte, 1) == 0);
  close(ends[0]);
}
