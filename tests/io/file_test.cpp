#include "src/io/file.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <filesystem>

#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

// As long as it lives, no file can grow beyond so many bytes: how a full disk looks to a program.
struct FileSizeLimit {
  rlimit before;

  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
  }
};

// As long as it lives, the process may do no more than any user; root could write anywhere.
struct NoPrivileges {
  uid_t before = geteuid();

  NoPrivileges() {
    if (before == 0) REQUIRE(seteuid(65534) == 0);
  }
  ~NoPrivileges() {
    if (before == 0) REQUIRE(seteuid(0) == 0);
  }
  NoPrivileges(const NoPrivileges&) = delete;
  NoPrivileges& operator=(const NoPrivileges&) = delete;
};

}  // namespace

TEST_CASE("what write_file writes, read_file reads, byte for byte") {
  const TemporaryFolder folder;
  std::string every_byte;
  for (int k = 0; k < 256; ++k) every_byte += static_cast<char>(k);
  // The last one is longer than any buffer on the way.
  for (const std::string& text : {std::string(), every_byte, std::string(200001, 'x')}) {
    write_file(folder.path + "/a.txt", text);
    CHECK(read_file(folder.path + "/a.txt") == text);
  }
  CHECK(names_in(folder.path) == "a.txt");
}

TEST_CASE("write_file makes the folders on the way") {
  const TemporaryFolder folder;
  write_file(folder.path + "/one/two words/three/a.txt", "text");
  CHECK(read_file(folder.path + "/one/two words/three/a.txt") == "text");
}

TEST_CASE("write_file takes a name without a folder") {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  CHECK_NOTHROW(write_file("plain.txt", "text"));
  std::filesystem::current_path(before);
  CHECK(names_in(folder.path) == "plain.txt");
}

TEST_CASE("write_file replaces an old file whole and leaves nothing beside it") {
  const TemporaryFolder folder;
  write_file(folder.path + "/a.txt", "a long old text\n");
  write_file(folder.path + "/a.txt", "new\n");
  CHECK(read_file(folder.path + "/a.txt") == "new\n");
  CHECK(names_in(folder.path) == "a.txt");
}

TEST_CASE("write_file onto a folder fails and leaves the folder and what is in it") {
  const TemporaryFolder folder;
  write_file(folder.path + "/taken/a.txt", "old");
  const std::string taken = folder.path + "/taken";
  expect_message("cannot write " + taken + ": Is a directory", [&] { write_file(taken, "new"); });
  CHECK(names_in(folder.path) == "taken");
  CHECK(names_in(taken) == "a.txt");
  CHECK(read_file(taken + "/a.txt") == "old");
}

TEST_CASE("write_file below a regular file fails and leaves that file") {
  const TemporaryFolder folder;
  const std::string file = folder.path + "/file";
  write_file(file, "old");
  expect_message("cannot make the folder " + file + ": Not a directory", [&] { write_file(file + "/a.txt", "new"); });
  expect_message("cannot make the folder " + file + "/deeper: Not a directory",
                 [&] { write_file(file + "/deeper/a.txt", "new"); });
  CHECK(names_in(folder.path) == "file");
  CHECK(read_file(file) == "old");
}

TEST_CASE("write_file below a link to nothing says so") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  std::filesystem::create_symlink(folder.path + "/nowhere/at/all", out);
  expect_message("cannot make the folder " + out + "/lesson1: " + out + " is a link to nothing",
                 [&] { write_file(out + "/lesson1/index.html", "text"); });
  CHECK(names_in(folder.path) == "out");
}

TEST_CASE("write_file on a full disk fails, the old text stands and nothing lies beside it") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.txt";
  write_file(path, "old");
  // The short text is still in the buffer when the file is closed; the long one fails before.
  for (const std::size_t size : {10u, 200001u}) {
    expect_message("cannot write " + path + ": File too large", [&] {
      const FileSizeLimit limit(5);
      write_file(path, std::string(size, 'x'));
    });
    CHECK(read_file(path) == "old");
    CHECK(names_in(folder.path) == "a.txt");
  }
}

TEST_CASE("write_file into a folder that may not be written fails, and the old file stands") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.txt";
  write_file(path, "old");
  using std::filesystem::perms;
  std::filesystem::permissions(folder.path,
                               perms::owner_read | perms::owner_exec | perms::others_read | perms::others_exec);
  {
    const NoPrivileges user;
    expect_message("cannot write " + path + ": Permission denied", [&] { write_file(path, "new"); });
    expect_message("cannot make the folder " + folder.path + "/deeper: Permission denied",
                   [&] { write_file(folder.path + "/deeper/a.txt", "new"); });
  }
  std::filesystem::permissions(folder.path, perms::owner_all);
  CHECK(read_file(path) == "old");
  CHECK(names_in(folder.path) == "a.txt");
}

TEST_CASE("write_file passes by a file beside it that another run left or is writing") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.txt", taken = path + "." + std::to_string(getpid()) + ".0.tmp";
  write_file(taken, "another run's");
  write_file(path, "new");
  CHECK(read_file(path) == "new");
  CHECK(read_file(taken) == "another run's");
}

TEST_CASE("a signal in the middle of write_file leaves no half file and nothing beside it") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.txt", text(10000000, 'x');
  write_file(path, text);
  for (int k = 1; k <= 10; ++k) {
    sigset_t held, before;  // held until the child has set aside the test program's own handler
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, &before);
    const pid_t child = fork();
    if (child == 0) {
      std::signal(SIGTERM, SIG_DFL);
      sigprocmask(SIG_SETMASK, &before, nullptr);
      for (;;) write_file(path, text);
    }
    sigprocmask(SIG_SETMASK, &before, nullptr);
    REQUIRE(child > 0);
    usleep(static_cast<useconds_t>(5000 * k));
    kill(child, SIGTERM);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(names_in(folder.path) == "a.txt");
    CHECK(read_file(path).size() == text.size());
  }
}

TEST_CASE("read_file says which file it cannot read, and why") {
  const TemporaryFolder folder;
  expect_message("cannot open " + folder.path + "/no.txt: No such file or directory",
                 [&] { read_file(folder.path + "/no.txt"); });
  expect_message("cannot read " + folder.path + ": Is a directory", [&] { read_file(folder.path); });
}

TEST_CASE("read_file refuses at once what may never end") {
  const TemporaryFolder folder;
  const std::string pipe = folder.path + "/pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::string& path : {pipe, std::string("/dev/zero"), std::string("/dev/null")}) {
    expect_message("cannot read " + path + ": it is a pipe or a device, expected a file", [&] { read_file(path); });
  }
}

TEST_CASE("read_file takes a file of most_bytes and refuses one that is a byte longer") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.txt";
  for (const std::size_t size : {0u, 10u, 65536u}) {
    write_file(path, std::string(size, 'x'));
    CHECK(read_file(path, size).size() == size);
    write_file(path, std::string(size + 1, 'x'));
    expect_message("cannot read " + path + ": it is longer than " + std::to_string(size) + " bytes",
                   [&] { read_file(path, size); });
  }
}

TEST_CASE("read_file of a huge file reads no more than its limit") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/huge.txt";
  write_file(path, "");
  std::filesystem::resize_file(path, std::uintmax_t(1) << 40);  // a terabyte with no blocks on the disk
  expect_message("cannot read " + path + ": it is longer than 100000 bytes", [&] { read_file(path, 100000); });
}

TEST_CASE("hold_folder makes the folder and removes what a killed run left half-written, nothing else") {
  const TemporaryFolder folder;
  const std::string held = folder.path + "/a/b";
  for (const char* name :
       {"x.svg.4711.0.tmp", "y.csv.1.12.tmp", "x.svg", "notes.tmp", "x.1.tmp", "a..0.tmp", ".1.2.tmp"}) {
    write_file(held + "/" + name, "text");
  }
  hold_folder(held);
  CHECK(names_in(held) == "a..0.tmp notes.tmp x.1.tmp x.svg");
  write_file(held + "/x.svg.4711.0.tmp", "text");
  hold_folder(held);  // it is held already
  CHECK(names_in(held) == "a..0.tmp notes.tmp x.1.tmp x.svg x.svg.4711.0.tmp");
  hold_folder(folder.path + "/new");
  CHECK(names_in(folder.path) == "a new");
}
