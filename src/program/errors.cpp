#include "src/program/errors.h"

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

namespace handgrad {

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
