#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/program.h"

using namespace handgrad;

// Of a few epochs; `make test-repeatable` does it with the lessons as they are.
TEST_CASE("two runs of every lesson write the same files, byte for byte") {
  for (int lesson = 1; std::filesystem::exists(formatted("lessons/lesson%d/main.cpp", lesson)); ++lesson) {
    const TemporaryFolder folder;
    std::map<std::string, std::string> written[2];
    for (auto& files : written) {
      const Outcome outcome =
          run_program(formatted("lesson%d", lesson), "--quiet --epochs 3 --out " + folder.path + "/out");
      CHECK(outcome.status == 0);
      CHECK(outcome.err == "");
      files = contents_of(folder.path + "/out");
    }
    CHECK(written[0].size() >= 4);  // lesson 6 has that many, the others more
    CHECK(written[0].size() == written[1].size());
    for (const auto& file : written[0]) {
      const bool same = written[1][file.first] == file.second;  // a check of its own would print both files
      CHECK_MESSAGE(same, "lesson ", lesson, ": ", file.first);
    }
  }
}
