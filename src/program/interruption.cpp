#include "src/program/interruption.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdio>

#include "src/report/progress.h"

namespace handgrad {

namespace {

// Not a std::string, whose memory is freed when the program ends, while signals still come.
char last_words[200];
std::size_t last_words_length = 0;

// Restores the default by SA_RESETHAND and raises the signal again, so that the parent sees which one it was. Calls
// only async-signal-safe functions.
void end_interrupted(int number) {
  [[maybe_unused]] const ssize_t count = write(STDERR_FILENO, last_words, last_words_length);
  std::raise(number);
}

}  // namespace

void catch_interrupts(const std::string& program) {
  const int length = std::snprintf(
      last_words, sizeof last_words,
      "%s%s: interrupted; every file that is there is whole, of this run or an earlier one: run it again\n",
      isatty(STDERR_FILENO) == 1 ? erase_line : "", program.c_str());
  last_words_length = std::min(static_cast<std::size_t>(length), sizeof last_words - 1);
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction action = {}, before = {};
    action.sa_handler = end_interrupted;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
  }
}

}  // namespace handgrad
