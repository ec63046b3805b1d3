#include "src/program/interruption.h"

#include <unistd.h>

#include <csignal>

#include "src/report/progress.h"

namespace handgrad {

namespace {

std::string last_words;

// Restores the default by SA_RESETHAND and raises the signal again, so that the parent sees which one it was. Calls
// only async-signal-safe functions.
void end_interrupted(int number) {
  [[maybe_unused]] const ssize_t count = write(STDERR_FILENO, last_words.data(), last_words.size());
  std::raise(number);
}

}  // namespace

void catch_interrupts(const std::string& program) {
  last_words = std::string(isatty(STDERR_FILENO) == 1 ? erase_line : "") + program +
               ": interrupted; every file that is there is whole, of this run or an earlier one: run it again\n";
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction action = {}, before = {};
    action.sa_handler = end_interrupted;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
  }
}

}  // namespace handgrad
