#include "src/checking/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>

#include "src/checking/thrown.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

constexpr double patience = 4;  // times the seconds of computing

// A page that parent and child share: it is there also when the child has died.
struct Shared {
  char function[120];
  char thrown[200];  // by `work` itself
  bool finished;     // set after `work` has returned
};
Shared* shared = nullptr;

Shared* shared_page() {
  void* const page = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::runtime_error("no memory to share with a child process");
  return new (page) Shared{};
}

template <std::size_t size>
void put(const std::string& text, char (&place)[size]) {
  const std::size_t length = std::min(text.size(), size - 1);
  std::copy_n(text.data(), length, place);
  place[length] = '\0';
}

// Writes all of it, or ends the child: nobody is there to read.
void write_all(int pipe, const void* bytes, std::size_t count) {
  const char* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = write(pipe, from, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) _exit(1);
    from += written;
    count -= static_cast<std::size_t>(written);
  }
}

// Takes every whole record from the front of what was read.
void take_records(std::string& read_so_far, const std::function<void(const std::string&)>& receive) {
  std::uint32_t size = 0;
  while (read_so_far.size() >= sizeof size) {
    std::memcpy(&size, read_so_far.data(), sizeof size);
    if (read_so_far.size() < sizeof size + size) return;
    receive(read_so_far.substr(sizeof size, size));
    read_so_far.erase(0, sizeof size + size);
  }
}

// Receives from the child until it has ended; returns its status. What it has started itself may hold the pipe open and
// live on: that plays no part, and is ended with it.
int receive_until_end(pid_t child, int pipe, const std::function<void(const std::string&)>& receive, double seconds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience * seconds + 1);
  fcntl(pipe, F_SETFL, O_NONBLOCK);
  std::string read_so_far;
  std::array<char, 65536> chunk{};
  int status = 0;
  for (bool ended = false;;) {
    pollfd readable{pipe, POLLIN, 0};
    poll(&readable, 1, ended ? 0 : 20);
    const ssize_t got = read(pipe, chunk.data(), chunk.size());
    if (got > 0) {
      read_so_far.append(chunk.data(), static_cast<std::size_t>(got));
      take_records(read_so_far, receive);
    } else if (ended) {
      break;
    } else {
      if (std::chrono::steady_clock::now() > deadline) kill(-child, SIGKILL);
      ended = waitpid(child, &status, WNOHANG) == child;
    }
  }
  kill(-child, SIGKILL);
  return status;
}

void limit(int resource, rlim_t most) {
  rlimit now = {};
  getrlimit(resource, &now);
  now.rlim_cur = std::min(most, now.rlim_max);
  setrlimit(resource, &now);
}

void set_timer(decltype(ITIMER_REAL) which, double seconds) {
  itimerval time = {};
  time.it_value.tv_sec = static_cast<time_t>(seconds);
  time.it_value.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(time.it_value.tv_sec)) * 1e6);
  setitimer(which, &time, nullptr);
}

// Two clocks: one runs while the child computes, so that a busy machine is no reason; the other also while it waits.
void set_limits(double seconds) {
  limit(RLIMIT_STACK, 8 << 20);
  limit(RLIMIT_CORE, 0);
#ifndef HANDGRAD_SANITIZED
  limit(RLIMIT_DATA, 2048u << 20);
#endif
  set_timer(ITIMER_PROF, seconds);
  set_timer(ITIMER_REAL, patience * seconds);
}

[[noreturn]] void be_the_child(const std::function<void(const Send&)>& work, int pipe, double seconds) {
  for (const int number : {SIGINT, SIGTERM, SIGPROF, SIGALRM, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) {
    std::signal(number, SIG_DFL);
  }
  std::set_terminate(std::abort);
  const int nothing = open("/dev/null", O_RDONLY);  // so that it cannot wait for the keyboard
  dup2(nothing, STDIN_FILENO);
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // so that what is printed before a crash is seen
  set_limits(seconds);
  try {
    work([=](const std::string& text) {
      const std::uint32_t size = static_cast<std::uint32_t>(text.size());
      write_all(pipe, &size, sizeof size);
      write_all(pipe, text.data(), text.size());
    });
    shared->finished = true;
  } catch (...) {
    put(thrown_text(), shared->thrown);
  }
  std::fflush(stdout);
  _exit(0);
}

std::string ending_text(int status, double seconds) {
  if (WIFEXITED(status)) return formatted("called exit(%d)", WEXITSTATUS(status));
  switch (WTERMSIG(status)) {
    case SIGPROF:
      return formatted("did not return within %g s", seconds);
    case SIGALRM:
      return formatted("did not return within %g s", patience * seconds);
    case SIGABRT:
      return "aborted: an assert, std::abort, or memory written outside an array";
    case SIGSEGV:
    case SIGBUS:
      return "crashed: an address outside of any array, or a recursion without end";
    case SIGFPE:
      return "crashed: a whole number divided by 0";
    case SIGILL:
      return "crashed: it came to a place that cannot be reached, such as the end without a return";
    default:
      return std::string("crashed: ") + strsignal(WTERMSIG(status));
  }
}

}  // namespace

Ending run_in_child(const std::function<void(const Send&)>& work,
                    const std::function<void(const std::string&)>& receive, double seconds) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe to a child process");
  Shared* const before = shared;
  shared = shared_page();
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no child process");
  if (child == 0) {
    setpgid(0, 0);
    close(ends[0]);
    be_the_child(work, ends[1], seconds);
  }
  setpgid(child, child);  // in both, whichever comes first: a group with all that the child starts
  close(ends[1]);

  const int status = receive_until_end(child, ends[0], receive, seconds);
  close(ends[0]);

  Ending ending{shared->finished && WIFEXITED(status), shared->function, "", false};
  if (!ending.finished) ending.how = shared->thrown[0] != '\0' ? shared->thrown : ending_text(status, seconds);
  ending.timed_out = WIFSIGNALED(status) &&
                     (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGKILL);
  munmap(shared, sizeof(Shared));
  shared = before;
  return ending;
}

void now_calling(const std::string& function) {
  if (shared != nullptr) put(function, shared->function);
}

}  // namespace handgrad
