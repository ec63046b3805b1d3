// Follows "A new layer" of src/layers/README.md to the letter, in a copy of the project.
//
// A block belongs to the file that the text names last before it: c++ is the whole of a new file, text is added at the
// end, and diff is an edit, whose parts have @@ between them. Blocks of sh are run; the lines of a block without a
// language must be among what was printed, in their order; … is anything.

#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/handouts/markdown.h"
#include "tests/handouts/project_copy.h"

using namespace handgrad;

namespace {

struct PageBlock {
  std::string language;
  std::string file;  // that the text named last
  std::vector<std::string> lines;
};

std::vector<PageBlock> blocks_of_section(const std::string& page, const std::string& heading) {
  std::vector<PageBlock> blocks;
  std::string file;
  bool in_section = false;
  int block = -1;
  for (const HandoutLine& line : read_handout(page)) {
    if (!line.in_block && line.text.compare(0, 3, "## ") == 0) in_section = line.text == "## " + heading;
    if (!in_section) continue;
    if (!line.in_block) {
      for (const std::string& span : code_spans(line.text)) {
        const bool is_file = contains(span, "/") && span.find_first_of(" <*") == std::string::npos;
        if (is_file) file = span;
      }
      continue;
    }
    if (line.block != block) blocks.push_back({line.language, file, {}});
    block = line.block;
    blocks.back().lines.push_back(line.text);
  }
  return blocks;
}

// One part of an edit of a text that begins with a line end: its lines without + stand there once, and become those
// without -.
void edit(std::string& text, const std::vector<std::string>& part) {
  std::string before = "\n", after = "\n";
  for (const std::string& line : part) {
    if (line[0] != '+') before += line.substr(1) + "\n";
    if (line[0] != '-') after += line.substr(1) + "\n";
  }
  CAPTURE(before);
  const std::size_t at = text.find(before);
  REQUIRE(at != std::string::npos);
  CHECK(text.find(before, at + 1) == std::string::npos);
  text.replace(at, before.size(), after);
}

// Its parts, with a line @@ between each and the next.
void edit_all(std::string& text, const std::vector<std::string>& lines) {
  std::vector<std::string> part;
  for (const std::string& line : lines) {
    if (line == "@@") {
      edit(text, part);
      part.clear();
    } else {
      part.push_back(line);
    }
  }
  edit(text, part);
}

void check_printed(const std::string& printed, const std::vector<std::string>& expected) {
  std::size_t at = 0;
  for (const std::string& line : expected) {
    const std::size_t gap = line.find("…");
    const std::string begin = line.substr(0, gap);
    at = printed.find(begin, at);
    CHECK_MESSAGE(at != std::string::npos, line << "\nis not in\n" << printed);
    if (at == std::string::npos) return;
    const std::string rest = gap == std::string::npos ? "" : line.substr(gap + std::string("…").size());
    const std::size_t end = printed.find('\n', at);
    CHECK_MESSAGE(contains(printed.substr(at, end - at), rest), line);
  }
}

}  // namespace

TEST_CASE("who follows \"A new layer\" to the letter has a layer that is checked, used and traced") {
  const ProjectCopy project;
  const bool takes_minutes = std::getenv("HANDGRAD_MUTANTS") != nullptr;  // make test-handouts sets it
  std::string printed;
  int files = 0, edits = 0, commands = 0, outputs = 0;
  for (const PageBlock& block : blocks_of_section("src/layers/README.md", "A new layer")) {
    const std::string path = project.folder.path + "/" + block.file;
    CAPTURE(path);
    if (block.language == "c++") {
      CHECK(!std::filesystem::exists(path));
      write_file(path, joined(block.lines, "\n") + "\n");
      ++files;
    } else if (block.language == "text") {
      write_file(path, read_file(path) + joined(block.lines, "\n") + "\n");
    } else if (block.language == "diff") {
      std::string text = "\n" + read_file(path);
      edit_all(text, block.lines);
      write_file(path, text.substr(1));
      ++edits;
    } else if (block.language == "sh") {
      printed.clear();
      for (std::string command : block.lines) {
        if (contains(command, "mutants") && !takes_minutes) continue;
        if (command.compare(0, 5, "make ") == 0) command.replace(0, 5, project.make);
        const Outcome outcome = project.run(command);
        CHECK_MESSAGE(outcome.status == 0, command << "\n" << outcome.out);
        printed += outcome.out;
        ++commands;
      }
    } else if (!printed.empty()) {
      check_printed(printed, block.lines);
      ++outputs;
    }
  }
  CHECK(files == 3);
  CHECK(edits == 4);
  CHECK(commands == (takes_minutes ? 4 : 3));
  CHECK(outputs == (takes_minutes ? 3 : 2));

  // Its test passes, and so do those that read the table of equations.
  const std::string suite = project.make + "build/$(basename build/*)/checking/test-suite";
  CHECK(project.run(suite).status == 0);
  const Outcome tests = project.run("build/*/checking/test-suite -tc='tanh*'");
  CHECK_MESSAGE(contains(tests.out, "2 passed | 0 failed"), tests.out);
  const Outcome table = project.run(program_path("test-suite") + " -sf='*handouts_test*' -tc='*table*'");
  CHECK_MESSAGE(table.status == 0, table.out);
}
