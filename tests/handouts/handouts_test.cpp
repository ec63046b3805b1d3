// What the handouts and READMEs quote stands in the sources, and what they link is there. The handouts are found by a
// walk through the folders, so that a new lesson's are among them. What their commands print is for
// tests/handouts/run.sh.

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/handouts/markdown.h"

using namespace handgrad;

namespace {

const std::vector<std::string>& handouts() {
  static const std::vector<std::string> paths = files_ending({".md"});
  return paths;
}

// The lines of every source below src and lessons, by path.
const std::map<std::string, std::vector<std::string>>& sources() {
  static const std::map<std::string, std::vector<std::string>> lines_of = [] {
    std::map<std::string, std::vector<std::string>> lines;
    for (const std::string& path : files_ending({".cpp", ".h"})) {
      if (path.compare(0, 4, "src/") == 0 || path.compare(0, 8, "lessons/") == 0) {
        lines[path] = split(read_file(path), '\n');
      }
    }
    return lines;
  }();
  return lines_of;
}

// Whether the lines stand in a source, one below the other.
bool stands_in_a_source(const std::vector<std::string>& quoted_lines) {
  for (const auto& [path, lines] : sources()) {
    if (std::search(lines.begin(), lines.end(), quoted_lines.begin(), quoted_lines.end()) != lines.end()) return true;
  }
  return false;
}

bool stands_in_a_line(const std::string& code) {
  for (const auto& [path, lines] : sources()) {
    for (const std::string& line : lines) {
      if (contains(line, code)) return true;
    }
  }
  return false;
}

std::string place(const std::string& handout, int line) {
  return handout + ":" + std::to_string(line);
}

// The file that a link of a handout leads to.
std::string target_of(const std::string& handout, const Link& link) {
  if (link.file.empty()) return handout;
  return (std::filesystem::path(handout).parent_path() / link.file).lexically_normal().string();
}

// "src/layers/relu.cpp:18   ∂loss/∂l   section 2 (1)", as check-grad prints it.
struct Location {
  std::string file;
  int line;
  std::string comment;  // ∂loss/∂l, where one follows
};

std::vector<Location> locations_in(const std::string& text) {
  std::vector<Location> locations;
  for (const char* ending : {".cpp:", ".h:"}) {
    const std::string mark = ending;
    for (std::size_t dot = text.find(mark); dot != std::string::npos; dot = text.find(mark, dot + 1)) {
      const std::size_t colon = dot + mark.size() - 1;
      const std::size_t before = text.find_last_of(" `([", dot);
      const std::size_t begin = before == std::string::npos ? 0 : before + 1;
      const std::size_t digits_end = std::min(text.find_first_not_of("0123456789", colon + 1), text.size());
      if (digits_end == colon + 1) continue;
      const std::size_t symbol = text.find("∂", digits_end);
      const std::string comment =
          symbol == std::string::npos ? "" : text.substr(symbol, text.find("   ", symbol) - symbol);
      locations.push_back(
          {text.substr(begin, colon - begin), std::stoi(text.substr(colon + 1, digits_end - colon - 1)), comment});
    }
  }
  return locations;
}

bool is_comment(const std::string& line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first != std::string::npos && line.compare(first, 2, "//") == 0;
}

// A name as the sources spell it: batch_norm_forward, Mlp::backward.
bool is_identifier(const std::string& text) {
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:") ==
             std::string::npos;
}

using Words = std::set<std::string>;

Words edits_in(const std::string& handout) {
  Words edits;
  for (const HandoutLine& line : read_handout(handout)) {
    if (line.in_block && line.language == "diff") edits.insert(line.text);
  }
  return edits;
}

// Lines of sh blocks without their comments, and code in the text that begins with make.
Words commands_in(const std::string& handout) {
  Words commands;
  for (const HandoutLine& line : read_handout(handout)) {
    if (line.in_block && line.language == "sh") {
      const std::string command = line.text.substr(0, line.text.find(" #"));
      commands.insert(command.substr(0, command.find_last_not_of(' ') + 1));
    } else if (!line.in_block) {
      for (const std::string& code : code_spans(line.text)) {
        if (code.compare(0, 5, "make ") == 0) commands.insert(code);
      }
    }
  }
  return commands;
}

// Numbers with a decimal point or an exponent: 0.1653, 6.2e-08.
Words figures_in(const std::string& handout) {
  Words figures;
  for (const HandoutLine& line : read_handout(handout)) {
    const std::string text = line.text + " ";
    std::size_t begin = text.find_first_of("0123456789");
    while (begin != std::string::npos) {
      std::size_t end = text.find_first_not_of("0123456789.", begin);
      if (text.compare(end, 2, "e-") == 0) end = text.find_first_not_of("0123456789", end + 2);
      std::string figure = text.substr(begin, end - begin);
      while (figure.back() == '.') figure.pop_back();
      if (figure.find_first_of(".e") != std::string::npos) figures.insert(figure);
      begin = text.find_first_of("0123456789", end);
    }
  }
  return figures;
}

std::string only_in_first(const Words& first, const Words& second) {
  std::string words;
  for (const std::string& word : first) {
    if (second.count(word) == 0) words += "  " + word;
  }
  return words;
}

}  // namespace

TEST_CASE("there are handouts, those of the lessons among them") {
  CHECK(handouts().size() >= 18);
  for (const char* path : {"README.md", "lessons/lesson1/README.md", "lessons/lesson6/README.zh-TW.md",
                           "src/matrix/README.md", "tests/README.md", "data/README.md"}) {
    CHECK(std::count(handouts().begin(), handouts().end(), path) == 1);
  }
}

TEST_CASE("every link leads to a file or folder, and to a heading or a line in it") {
  int links = 0;
  for (const std::string& handout : handouts()) {
    for (const HandoutLine& line : read_handout(handout)) {
      if (line.in_block) continue;
      for (const Link& link : links_in(line.text)) {
        const std::string at = place(handout, line.number), target = target_of(handout, link);
        ++links;
        CHECK_MESSAGE(std::filesystem::exists(target), at << ": no " << target);
        if (link.anchor.empty() || !std::filesystem::exists(target)) continue;
        if (target.substr(target.size() - 3) == ".md") {
          bool found = false;
          for (const HandoutLine& heading : read_handout(target)) {
            const std::size_t title = heading.text.find_first_not_of('#');
            const bool is_heading = !heading.in_block && title != 0 && title != std::string::npos;
            found |= is_heading && anchor_of(heading.text.substr(title + 1)) == link.anchor;
          }
          CHECK_MESSAGE(found, at << ": " << target << " has no heading #" << link.anchor);
        } else {
          CHECK_MESSAGE(link.anchor[0] == 'L', at << ": #" << link.anchor << " is no line");
        }
      }
    }
  }
  CHECK(links > 200);
}

TEST_CASE("a link with a function's name leads to a file that has it") {
  int names = 0;
  for (const std::string& handout : handouts()) {
    for (const HandoutLine& line : read_handout(handout)) {
      if (line.in_block) continue;
      for (const Link& link : links_in(line.text)) {
        const std::vector<std::string> code = code_spans(link.text);
        const std::string name = code.empty() ? link.text : code[0];
        const auto source = sources().find(target_of(handout, link));
        if (!is_identifier(name) || source == sources().end()) continue;
        ++names;
        CHECK_MESSAGE(contains(joined(source->second, "\n"), name), place(handout, line.number)
                                                                        << ": no " << name << " in " << source->first);
      }
    }
  }
  CHECK(names > 50);
}

// A row that leads to a line, as in src/layers/README.md: | … | `relu_backward` | [relu.cpp:17](relu.cpp#L17) | `code`
// |
TEST_CASE("a table's link to a line leads to the code that is quoted beside it, in the function that is named") {
  int links = 0;
  for (const std::string& handout : handouts()) {
    for (const HandoutLine& line : read_handout(handout)) {
      for (const Link& link : links_in(line.text)) {
        const auto source = sources().find(target_of(handout, link));
        if (line.in_block || link.anchor.empty() || source == sources().end()) continue;
        ++links;
        const std::vector<std::string>& lines = source->second;
        const std::vector<std::string> code = code_spans(line.text);
        const std::string at = place(handout, line.number), number = link.anchor.substr(1);
        CHECK_MESSAGE(contains(link.text, std::filesystem::path(source->first).filename().string() + ":" + number),
                      at << ": the text is " << link.text << ", the link goes to line " << number);
        REQUIRE_MESSAGE(code.size() >= 2, at << ": no function and no code beside " << link.text);
        const std::string& function = code[code.size() - 2];
        std::string where, definition;  // the lines of that function which have the code
        for (std::size_t k = 0; k < lines.size(); ++k) {
          if (std::isalpha(static_cast<unsigned char>(lines[k][0])) && contains(lines[k], "(")) definition = lines[k];
          const bool within = contains(definition, " " + function + "(");
          if (within && contains(lines[k], code.back())) where += " " + std::to_string(k + 1) + " ";
        }
        CHECK_MESSAGE(contains(where, " " + number + " "), at << ": `" << code.back() << "` of " << function
                                                              << " is in line" << where << "of " << source->first
                                                              << ", not " << number);
      }
    }
  }
  CHECK(links >= 38);
}

TEST_CASE("the table of equations leads to every gradient of src/layers") {
  const std::string table = read_file("src/layers/README.md");
  int gradients = 0;
  for (const auto& [path, lines] : sources()) {
    if (path.compare(0, 11, "src/layers/") != 0) continue;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (!contains(lines[k], "// ∂loss/")) continue;
      ++gradients;
      const std::string link = "(" + path.substr(11) + "#L" + std::to_string(k + 1) + ")", equation = lines[k];
      CHECK_MESSAGE(contains(table, link), "src/layers/README.md has no link " << link << " to" << equation);
    }
  }
  CHECK(gradients >= 18);
}

TEST_CASE("every quoted block of code stands in a source, line below line") {
  int blocks = 0;
  for (const std::string& handout : handouts()) {
    std::map<std::pair<int, int>, std::vector<std::string>> quoted;  // by block, and by part of an edit: @@ is between
    std::map<int, int> first_line;
    int part = 0;
    for (const HandoutLine& line : read_handout(handout)) {
      const bool diff = line.language == "diff";
      if (!line.in_block || (!diff && line.language != "cpp")) continue;
      if (first_line.insert({line.block, line.number}).second || line.text == "@@") ++part;
      const bool new_line = diff && line.text[0] == '+';                             // what to put in its place
      if (new_line || line.text == "@@" || (diff && line.text[1] == '|')) continue;  // or of a table
      quoted[{line.block, part}].push_back(diff ? line.text.substr(1) : line.text);
    }
    for (const auto& [block, lines] : quoted) {
      ++blocks;
      const std::string at = place(handout, first_line[block.first]), text = joined(lines, "\n");
      CHECK_MESSAGE(stands_in_a_source(split(text, '\n')), at << ": in no source stands\n" << text);
    }
  }
  CHECK(blocks > 20);
}

// A statement ends with a semicolon, or, where it goes on in the next line, with a plus.
TEST_CASE("every statement that a table quotes stands in a source") {
  int statements = 0;
  for (const std::string& handout : handouts()) {
    for (const HandoutLine& line : read_handout(handout)) {
      if (line.in_block || line.text[0] != '|') continue;
      for (const std::string& code : code_spans(line.text)) {
        if (code.back() != ';' && code.back() != '+') continue;
        ++statements;
        CHECK_MESSAGE(stands_in_a_line(code), place(handout, line.number) << ": in no source stands " << code);
      }
    }
  }
  CHECK(statements > 80);
}

TEST_CASE("every file:line is there, below the comment that is named beside it") {
  int found = 0;
  for (const std::string& handout : handouts()) {
    for (const HandoutLine& line : read_handout(handout)) {
      for (const Location& location : locations_in(line.text)) {
        const std::string at = place(handout, line.number);
        const auto source = sources().find(location.file);
        if (!line.in_block || line.language == "diff") continue;  // links with lines are judged above
        ++found;
        REQUIRE_MESSAGE(source != sources().end(), at << ": no " << location.file);
        const std::vector<std::string>& lines = source->second;
        std::size_t above = static_cast<std::size_t>(location.line) - 1;  // the index of that line itself
        REQUIRE_MESSAGE(above < lines.size(), at << ": " << location.file << " is shorter");
        bool named = location.comment.empty();
        while (above > 0 && is_comment(lines[above - 1])) named |= contains(lines[--above], location.comment);
        CHECK_MESSAGE(named, at << ": above line " << location.line << " of " << location.file << " is no comment "
                                << location.comment);
      }
    }
  }
  CHECK(found >= 10);
}

TEST_CASE("every lesson has a handout in both languages, which link each other") {
  int lessons = 0;
  for (const std::string& handout : handouts()) {
    const std::filesystem::path path(handout);
    if (path.begin()->string() != "lessons" || path.filename() != "README.md") continue;
    ++lessons;
    const std::string folder = path.parent_path().string() + "/";
    REQUIRE(std::filesystem::exists(folder + "README.zh-TW.md"));
    CHECK(contains(read_file(handout), "](README.zh-TW.md)"));
    CHECK(contains(read_file(folder + "README.zh-TW.md"), "](README.md)"));
  }
  CHECK(lessons >= 6);
}

// The handouts in another language repeat edits, outputs, commands and figures, and may not drift from the first.
TEST_CASE("both languages show the same edits, commands and figures") {
  for (const std::string& handout : handouts()) {
    if (!contains(handout, ".zh-TW.md")) continue;
    const std::string english = handout.substr(0, handout.size() - std::string(".zh-TW.md").size()) + ".md";
    CHECK_MESSAGE(only_in_first(edits_in(handout), edits_in(english)) == "", handout);
    CHECK_MESSAGE(only_in_first(edits_in(english), edits_in(handout)) == "", handout);
    CHECK_MESSAGE(only_in_first(commands_in(handout), commands_in(english)) == "", handout);
    CHECK_MESSAGE(only_in_first(commands_in(english), commands_in(handout)) == "", handout);
    CHECK_MESSAGE(only_in_first(figures_in(handout), figures_in(english)) == "", handout);
    CHECK_MESSAGE(only_in_first(figures_in(english), figures_in(handout)) == "", handout);
  }
}

TEST_CASE("README.md links every handout, in both languages, and the table of equations") {
  std::set<std::string> linked;
  for (const HandoutLine& line : read_handout("README.md")) {
    for (const Link& link : links_in(line.text)) linked.insert(target_of("README.md", link));
  }
  for (const std::string& handout : handouts()) {
    CHECK_MESSAGE((handout == "README.md" || linked.count(handout) == 1), "README.md does not link " << handout);
  }
}

TEST_CASE("README.md has at most 130 lines") {
  CHECK(split(read_file("README.md"), '\n').size() <= 130 + 1);  // nothing follows the last newline
}
