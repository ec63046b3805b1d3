#include "src/io/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <stdexcept>

namespace handgrad {

namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path, const std::string& reason) {
  throw std::runtime_error(what + " " + path + ": " + reason);
}

[[noreturn]] void fail(const std::string& what, const std::string& path, int error) {
  fail(what, path, std::strerror(error));
}

// Blocks SIGINT, SIGTERM and SIGHUP while it lives, so that none of them leaves a temporary file behind.
struct SignalsHeld {
  sigset_t before;

  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held, number);
    sigprocmask(SIG_BLOCK, &held, &before);
  }
  ~SignalsHeld() { sigprocmask(SIG_SETMASK, &before, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
};

// Opens a new file beside `path` for writing; returns null and sets errno on failure. Two runs never get the same one,
// not even with the same process number on two machines: mode "x" is exclusive.
std::FILE* create_beside(const std::string& path, std::string& beside) {
  for (int k = 0;; ++k) {
    beside = path + "." + std::to_string(getpid()) + "." + std::to_string(k) + ".tmp";
    std::FILE* file = std::fopen(beside.c_str(), "wbx");
    if (file != nullptr || errno != EEXIST) return file;
  }
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (!error) return;
  for (std::filesystem::path part = folder; !part.empty() && part != part.parent_path(); part = part.parent_path()) {
    std::error_code unknown;
    if (std::filesystem::is_symlink(part, unknown) && !std::filesystem::exists(part, unknown)) {
      fail("cannot make the folder", folder.string(), part.string() + " is a link to nothing");
    }
  }
  fail("cannot make the folder", folder.string(), error.value());
}

// Whether create_beside made that name: x.svg.4711.0.tmp
bool is_beside(const std::string& name) {
  const std::string ending = ".tmp", digits = "0123456789";
  if (name.size() < ending.size() || name.substr(name.size() - ending.size()) != ending) return false;
  std::size_t at = name.size() - ending.size();
  for (int number = 0; number < 2; ++number) {
    const std::size_t before = at == 0 ? std::string::npos : name.find_last_not_of(digits, at - 1);
    if (before == std::string::npos || before + 1 == at || name[before] != '.') return false;
    at = before;
  }
  return true;
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most_bytes) {
  std::error_code unknown;  // a missing file fails in fopen, a folder in fread, with the system's own reason
  using std::filesystem::file_type;
  const file_type type = std::filesystem::status(path, unknown).type();
  if (type == file_type::fifo || type == file_type::character || type == file_type::block) {
    fail("cannot read", path, "it is a pipe or a device, expected a file");
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) fail("cannot open", path, errno);

  std::string text;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> closed(file, std::fclose);  // also if memory runs out
  char buffer[4096];
  std::size_t count = 0;
  while (text.size() <= most_bytes && (count = std::fread(buffer, 1, sizeof buffer, file)) > 0) {
    text.append(buffer, count);
  }
  const int error = std::ferror(file) != 0 ? errno : 0;
  if (error != 0) fail("cannot read", path, error);
  if (text.size() > most_bytes) {
    fail("cannot read", path, "it is longer than " + std::to_string(most_bytes) + " bytes");
  }
  return text;
}

void write_file(const std::string& path, const std::string& text) {
  make_folder(std::filesystem::path(path).parent_path());

  const SignalsHeld held;
  std::string beside;
  std::FILE* file = create_beside(path, beside);
  if (file == nullptr) fail("cannot write", path, errno);

  int error = std::fwrite(text.data(), 1, text.size(), file) == text.size() ? 0 : errno;
  if (std::fclose(file) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    std::remove(beside.c_str());
    fail("cannot write", path, error);
  }
}

void hold_folder(const std::string& folder) {
  static std::set<std::string> held;
  if (!held.insert(folder).second) return;
  make_folder(folder);
  const int descriptor = open(folder.c_str(), O_RDONLY | O_CLOEXEC);  // closed, and let go, when the program ends
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    std::fprintf(stderr, "waiting for another run that writes into %s\n", folder.c_str());
    while (flock(descriptor, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
    if (is_beside(entry.path().filename().string())) std::remove(entry.path().c_str());
  }
}

}  // namespace handgrad
