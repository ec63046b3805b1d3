// Faults from outside, made for real: a disk that is full, a reader that goes away, Ctrl-C, two runs at once. Whatever
// happens, every file in the folder is whole, of this run or of an earlier one.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "src/io/text.h"
#include "tests/program/program.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

// Lesson 1's mlp4 with so many epochs, and one flower to predict; `out` is where its files go.
std::string mlp4(int epochs, const std::string& out) {
  return formatted("--run mlp4 --rows 1 --epochs %d --out '%s'", epochs, out.c_str());
}

// Checks that there are the run's five files, each as in `one` or as in `other`.
void check_whole(const std::string& folder, const std::map<std::string, std::string>& one,
                 const std::map<std::string, std::string>& other) {
  const std::map<std::string, std::string> found = contents_of(folder);
  CHECK(found.size() == 5);
  for (const auto& file : found) {
    const std::string& name = file.first;
    CAPTURE(name);
    REQUIRE(one.count(name) == 1);
    const bool whole = file.second == one.at(name) || file.second == other.at(name);
    CHECK(whole);
  }
}

// The files of mlp4 after so many epochs, as they are when nothing happens.
std::map<std::string, std::string> files_after(int epochs, const std::string& out) {
  const Outcome outcome = run_lesson1(mlp4(epochs, out));
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  return contents_of(out);
}

// Starts mlp4 and gives its process number; what it prints goes to the file `printed`.
pid_t start_mlp4(int epochs, const std::string& out, const std::string& printed = "/dev/null") {
  const std::string program = program_path("lesson1"), number = std::to_string(epochs);
  // The test program catches these signals; held until exec, they can only meet the lesson's program.
  sigset_t held, before;
  sigemptyset(&held);
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held, signal_number);
  sigprocmask(SIG_BLOCK, &held, &before);
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal_number : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal_number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, nullptr);
    const int file = open(printed.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execl(program.c_str(), "lesson1", "--run", "mlp4", "--epochs", number.c_str(), "--out", out.c_str(),
          static_cast<char*>(nullptr));
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  REQUIRE(child > 0);
  return child;
}

}  // namespace

TEST_CASE("a full disk: status 1, one line, and every file is whole, the new or the old one") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  const auto longer = files_after(60, out), before = files_after(2, out);
  // The prediction fits into 4 blocks, which have 512 or 1024 bytes; the history of 60 epochs does not.
  const Outcome outcome = run_lesson1(mlp4(60, out), ".", "ulimit -f 4 &&");
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "lesson1: cannot write " + out + "/mlp4.history.csv: File too large\n");
  check_whole(out, before, longer);
  CHECK(contents_of(out)["mlp4.history.csv"] == before.at("mlp4.history.csv"));
}

TEST_CASE("a reader that goes away: status 1 and one line, and the files of the run are whole") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out", status = folder.path + "/status";
  // The pipe is closed before the program prints: it waits until the reader has gone.
  const std::string command = "{ sleep 0.2; '" + program_path("lesson1") + "' " + mlp4(2, out) + " 2>'" + folder.path +
                              "/err'; echo $? >'" + status + "'; } | true; while [ ! -s '" + status + "' ]; do " +
                              "sleep 0.1; done";
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(read_file(status) == "1\n");
  CHECK(read_file(folder.path + "/err") == "lesson1: cannot write to the standard output: Broken pipe\n");
  CHECK(names_in(out) == "mlp4.gradients.svg mlp4.history.csv mlp4.params.txt mlp4.predictions.csv");
}

TEST_CASE("two runs into one folder leave the files of one of them") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out", program = program_path("lesson1");
  const auto files = [&](const std::string& seed) {
    CHECK(run_lesson1("--quiet --epochs 20 --seed " + seed + " --out '" + out + "'").status == 0);
    return contents_of(out);
  };
  const auto one = files("1"), other = files("2");
  int waited = 0;
  for (int k = 0; k < 6; ++k) {
    std::string both;
    for (const char* seed : {"1", "2"}) {
      both += "'" + program + "' --quiet --epochs 20 --seed " + seed + " --out '" + out + "' 2>>'" + folder.path +
              "/err' & ";
    }
    REQUIRE(std::system((both + "wait").c_str()) == 0);
    const auto found = contents_of(out);
    CHECK((found == one || found == other));
    waited = count_of(read_file(folder.path + "/err"), "waiting for another run that writes into " + out + "\n");
  }
  CHECK(waited > 0);
}

TEST_CASE("four lessons at once leave an overview of all four") {
  const TemporaryFolder folder;
  REQUIRE(std::system(("cp -R data '" + folder.path + "'").c_str()) == 0);
  for (int k = 0; k < 3; ++k) {
    std::filesystem::remove_all(folder.path + "/out");
    std::string all = "cd '" + folder.path + "' && { ";
    for (const char* lesson : {"lesson1", "lesson2", "lesson4", "lesson5"}) {
      all += "'" + program_path(lesson) + "' --quiet --epochs 1 --run " +
             (lesson == std::string("lesson1")   ? "mlp4"
              : lesson == std::string("lesson2") ? "bn8"
              : lesson == std::string("lesson4") ? "dense6"
                                                 : "leaky") +
             " 2>>err & ";
    }
    REQUIRE(std::system((all + "wait; }").c_str()) == 0);
    CHECK(count_of(read_file(folder.path + "/out/index.html"), "<li>") == 4);
  }
}

TEST_CASE("lesson 6, which writes nothing before its end, ends quietly when its reader goes away") {
  const TemporaryFolder folder;
  const std::string status = folder.path + "/status";
  const std::string command = "{ '" + program_path("lesson6") + "' --depth 4 --seeds 1 --epochs 300 --out '" +
                              folder.path + "/out' 2>'" + folder.path + "/err'; echo $? >'" + status +
                              "'; } | head -1 >'" + folder.path + "/line'; while [ ! -s '" + status +
                              "' ]; do sleep 0.1; done";
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(read_file(status) == std::to_string(128 + SIGPIPE) + "\n");
  CHECK(read_file(folder.path + "/err") == "");
  CHECK(read_file(folder.path + "/line") == "Lesson 6: the remedies, measured\n");
  CHECK(!std::filesystem::exists(folder.path + "/out"));
}

TEST_CASE("a closed stdout is named as such") {
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1(mlp4(1, folder.path + "/out"), ".", "", "&-");
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "lesson1: cannot write to the standard output: Bad file descriptor\n");
}

TEST_CASE("Ctrl-C at any moment ends the program by that signal and leaves whole files only") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  std::map<std::string, std::string> one, other;
  for (const auto& [epochs, files] : {std::pair(50, &one), std::pair(60, &other)}) {
    const pid_t child = start_mlp4(epochs, out);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(status == 0);
    *files = contents_of(out);
  }
  int interrupted = 0;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    for (int k = 0; k < 15; ++k) {
      const pid_t child = start_mlp4(k % 2 == 0 ? 50 : 60, out);
      usleep(static_cast<useconds_t>(2000 * k));
      kill(child, number);
      int status = 0;
      waitpid(child, &status, 0);
      // A run that had ended before is as good.
      CHECK((WIFSIGNALED(status) ? WTERMSIG(status) == number : WEXITSTATUS(status) == 0));
      if (WIFSIGNALED(status)) ++interrupted;
      check_whole(out, one, other);
    }
  }
  CHECK(interrupted > 0);
}

TEST_CASE("a long run stops at Ctrl-C with one line and leaves nothing") {
  for (const int number : {SIGINT, SIGTERM}) {
    const TemporaryFolder folder;
    const std::string printed = folder.path + "/printed";
    const pid_t child = start_mlp4(1000000, folder.path + "/out", printed);
    const auto text = [&] { return std::filesystem::exists(printed) ? read_file(printed) : ""; };
    while (text().find("epoch = 1:") == std::string::npos && waitpid(child, nullptr, WNOHANG) == 0) usleep(1000);
    kill(child, number);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == number);
    CHECK(names_in(folder.path) == "printed");
    CHECK(
        text().find("\nlesson1: interrupted; every file that is there is whole, of this run or an earlier one: run it "
                    "again\n") != std::string::npos);
  }
}

TEST_CASE("a run in the background, deaf to Ctrl-C, goes on to its end") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  const std::string command = "trap '' INT; '" + program_path("lesson1") + "' --quiet " + mlp4(20000, out) +
                              " & sleep 0.1; kill -INT $!; wait $!";
  CHECK(std::system(command.c_str()) == 0);
  CHECK(contents_of(out).size() == 5);
}

TEST_CASE("runs into the same folder at the same time all end well, and the files are those of one run") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/out";
  const pid_t runs[] = {start_mlp4(50, out), start_mlp4(50, out), start_mlp4(50, out), start_mlp4(50, out)};
  for (const pid_t run : runs) {
    int status = 0;
    waitpid(run, &status, 0);
    CHECK(status == 0);
  }
  const auto together = contents_of(out);
  const pid_t alone = start_mlp4(50, out);
  int status = 0;
  waitpid(alone, &status, 0);
  check_whole(out, together, together);
}
