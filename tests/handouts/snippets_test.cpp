// The few lines of R and Python in lesson 1's handout that read a trace and a params.txt, run where they are installed.

#include <doctest/doctest.h>

#include <cstdlib>
#include <sstream>

#include "tests/handouts/markdown.h"
#include "tests/program/program.h"

using namespace handgrad;

namespace {

// The handout's only block in a language.
std::string snippet(const std::string& handout, const std::string& language) {
  std::string text;
  for (const HandoutLine& line : read_handout(handout)) {
    if (line.in_block && line.language == language) text += line.text + "\n";
  }
  return text;
}

struct Interpreter {
  const char* language;
  const char* command;
  const char* installed;  // a command that succeeds where it is
  const char* compare;    // prints how far a params.txt is from the trace
};

const Interpreter interpreters[] = {
    {"r", "Rscript", "Rscript --version",
     "print(max(abs(read_arrays(\"out/lesson1-own/mlp4.params.txt\")$fc4_weight - a$fc4_weight)))\n"},
    {"python", "python3", "python3 -c 'import numpy'",
     "print(abs(read_arrays('out/lesson1-own/mlp4.params.txt')['fc4_weight'] - a['fc4_weight']).max())\n"},
    {"python", "/usr/bin/python3", "/usr/bin/python3 -c 'import numpy'",
     "print(abs(read_arrays('out/lesson1-own/mlp4.params.txt')['fc4_weight'] - a['fc4_weight']).max())\n"}};

}  // namespace

TEST_CASE("both handouts show the same lines of R and Python") {
  for (const char* language : {"r", "python"}) {
    CHECK(snippet("lessons/lesson1/README.md", language) == snippet("lessons/lesson1/README.zh-TW.md", language));
    CHECK(contains(snippet("lessons/lesson1/README.md", language), "read_arrays"));
  }
}

TEST_CASE("R and NumPy read a trace and a params.txt by the handout's lines, and calculate a layer again") {
  const TemporaryFolder folder;
  REQUIRE(std::system(("cp -R data '" + folder.path + "'").c_str()) == 0);
  REQUIRE(run_lesson1("--run mlp4 --quiet --trace 51", folder.path).status == 0);
  for (const Interpreter& interpreter : interpreters) {
    if (std::system((std::string(interpreter.installed) + " >'" + folder.path + "/found' 2>&1").c_str()) != 0) {
      MESSAGE("not run, since it fails here: ", std::string(interpreter.installed));
      continue;
    }
    const std::string file = folder.path + "/snippet";
    write_file(file, snippet("lessons/lesson1/README.md", interpreter.language) + interpreter.compare);
    const std::string run = "cd '" + folder.path + "' && " + interpreter.command + " snippet >printed 2>&1";
    const int status = std::system(run.c_str());
    std::string printed = read_file(folder.path + "/printed");
    CAPTURE(interpreter.command);
    CAPTURE(printed);
    CHECK(status == 0);
    for (std::size_t at = printed.find("[1]"); at != std::string::npos; at = printed.find("[1]")) printed.erase(at, 3);
    std::istringstream numbers(printed);
    double forward = -1, backward = -1, parameters = -1;
    numbers >> forward >> backward >> parameters;
    CHECK(forward >= 0);
    CHECK(forward < 1e-6);
    CHECK(backward >= 0);
    CHECK(backward < 1e-6);
    CHECK(parameters == 0);
  }
}
