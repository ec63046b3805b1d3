// The fuzz targets on the seeds, and on each seed damaged in many ways: cut off, a byte changed, a piece doubled.

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "src/io/file.h"
#include "tests/fuzz/targets.h"

using namespace handgrad;

namespace {

// The text with one damage of a kind that `random` chooses. The raw numbers of the generator are used, which are the
// same with every standard library.
std::string damaged(std::string text, std::mt19937& random) {
  const std::size_t at = random() % text.size();
  const std::size_t length = 1 + random() % 40;
  switch (random() % 5) {
    case 0:
      return text.substr(0, at);
    case 1:
      return text.erase(at, length);
    case 2:
      return text.insert(random() % text.size(), text.substr(at, length));
    case 3:
      text[at] = static_cast<char>(random() % 256);
      return text;
    default:
      text[at] = ",\n\r\"\0-+.eEnx09 "[random() % 15];
      return text;
  }
}

// Every seed of a target, `extra` too if it names a file, each in `count` variations.
void replay(const std::string& target, const std::string& extra, int count, void (*fuzz)(const std::string& text)) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator("tests/fuzz/seeds/" + target)) {
    paths.push_back(entry.path().string());
  }
  REQUIRE(!paths.empty());
  if (!extra.empty()) paths.push_back(extra);

  std::mt19937 random(0);
  fuzz("");
  for (const std::string& path : paths) {
    CAPTURE(path);
    const std::string seed = read_file(path);
    CHECK_NOTHROW(fuzz(seed));
    for (int k = 0; k < count && !seed.empty(); ++k) {
      const std::string text = damaged(seed, random);
      CAPTURE(text);
      CHECK_NOTHROW(fuzz(text));
    }
  }
}

}  // namespace

TEST_CASE("no damage to iris.csv is read as something else, or refused without a clear line") {
  replay("iris", "data/iris.csv", 2000, fuzz_iris);
}

TEST_CASE("no damage to the split is read as something else, or refused without a clear line") {
  replay("split", "data/lecture_split.csv", 1000, fuzz_split);
}

TEST_CASE("no damage to a params.txt is read as something else, or refused without a clear line") {
  replay("params", "", 1000, fuzz_params);
}

TEST_CASE("no damage to a history.csv is read as something else, or refused without a clear line") {
  replay("history", "", 1000, fuzz_history);
}

TEST_CASE("no command line is taken for another, or refused without a clear line") {
  replay("options", "", 1000, fuzz_options);
}
