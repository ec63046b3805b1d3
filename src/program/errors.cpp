#include "src/program/errors.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

namespace handgrad {

namespace {

// What no catch takes: thrown by main before report_errors, or where nothing may be thrown.
[[noreturn]] void end_uncaught() {
#ifdef __GLIBC__
  const char* const name = program_invocation_short_name;
#else
  const char* const name = "handgrad";
#endif
  if (std::current_exception()) {
    report_error(name);
  } else {  // not even the exception fitted
    std::fprintf(stderr, "%s: not enough memory\n", name);
  }
  std::_Exit(1);
}

[[maybe_unused]] const std::terminate_handler handler_before = std::set_terminate(end_uncaught);

}  // namespace

void ignore_write_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int report_error(const std::string& name) {
  try {
    throw;
  } catch (const UsageError& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
    return 2;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "%s: not enough memory\n", name.c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
  } catch (...) {
    std::fprintf(stderr, "%s: something was thrown that is no std::exception\n", name.c_str());
  }
  return 1;
}

}  // namespace handgrad
