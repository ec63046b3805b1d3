#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "src/io/file.h"
#include "src/io/text.h"
#include "tests/io/temporary_folder.h"
#include "tests/program/program.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

bool succeeds(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

// The first browser of Chromium's family that there is, or "".
std::string browser() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    if (succeeds(std::string("command -v ") + name)) return name;
  }
  return "";
}

// Put at the end of a copy of the page: what a browser finds there, as the text of an element.
const char* const probe = R"(<script>
addEventListener("load", () => {
  const sizes = [...document.querySelectorAll("svg")].map(svg => svg.getBoundingClientRect());
  const wide = [...document.querySelectorAll("body *")].filter(element =>
    element.getBoundingClientRect().right > innerWidth + 1 && !element.closest("figure, pre, .wide"));
  const boxes = [...document.querySelectorAll("figure, pre, .wide")].filter(box =>
    box.getBoundingClientRect().right > innerWidth + 1);
  const style = getComputedStyle(document.body);
  const found = {width: innerWidth, scrolls: document.documentElement.scrollWidth - innerWidth > 0,
                 pictures: sizes.length, empty: sizes.filter(size => size.width < 300 || size.height < 100).length,
                 wide: wide.length + boxes.length, errors: errors.length, text: style.color};
  parent.postMessage(JSON.stringify(found), "*");
});
</script>
)";
const char* const error_counter =
    R"(<script>const errors = []; addEventListener("error", event => errors.push(event.message), true);</script>)";

// Shows the page in a narrow and a wide frame, and writes down what the probes there say.
const char* const frames =
    R"(<!DOCTYPE html><html><body>
<iframe src="page.html" style="border:0;width:360px;height:900px"></iframe>
<iframe src="page.html" style="border:0;width:1280px;height:900px"></iframe>
<p id="found"></p>
<script>addEventListener("message", event => { document.getElementById("found").textContent += event.data; });</script>
</body></html>
)";

// What a browser makes of the page in windows of 360 and 1280 pixels. Its console must stay empty.
std::string found_in(const std::string& chromium, const std::string& page, const std::string& options) {
  const TemporaryFolder folder;
  std::string html = read_file(page);
  html.insert(html.find("<title>"), error_counter);
  html.insert(html.find("</body>"), probe);
  write_file(folder.path + "/page.html", html);
  write_file(folder.path + "/frame.html", frames);
  const std::string command =
      "timeout 120 " + chromium +
      " --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
      "--disable-component-update --disable-sync --hide-scrollbars --enable-logging=stderr --window-size=1400,1000 "
      "--virtual-time-budget=5000 " +
      options + " --user-data-dir='" + folder.path + "/profile' --dump-dom 'file://" + folder.path + "/frame.html' >" +
      folder.path + "/dom 2>" + folder.path + "/log";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  const std::string log = read_file(folder.path + "/log");
  CAPTURE(log);
  CHECK(count_of(log, "CONSOLE") == 0);
  return all_between(read_file(folder.path + "/dom"), "<p id=\"found\">", "</p>");
}

}  // namespace

TEST_CASE("a browser shows a lesson's page without an error, its pictures have a size, and nothing sticks out") {
  const std::string chromium = browser();
  if (chromium.empty()) {
    MESSAGE("no chromium, chromium-browser or google-chrome here: the pages are not looked at");
    return;
  }
  for (const int lesson : {1, 3, 4, 6, 7}) {
    CAPTURE(lesson);
    const TemporaryFolder folder;
    const std::string options = lesson == 6   ? " --remedies baseline,residual --seeds 2"
                                : lesson == 7 ? " --depth 9 --seeds 2"
                                              : "";
    REQUIRE(
        run_program(formatted("lesson%d", lesson), "--epochs 2 --quiet --out '" + folder.path + "'" + options).status ==
        0);
    const std::string page = folder.path + "/index.html";
    const int pictures = count_of(read_file(page), "<svg ");
    CHECK(pictures == (lesson >= 6 ? 1 : 4 * count_of(read_file(page), "<h2>")));
    const std::string found = found_in(chromium, page, "");
    CAPTURE(found);
    for (const int width : {360, 1280}) {
      CAPTURE(width);
      const std::string expected = formatted(
          "{\"width\":%d,\"scrolls\":false,\"pictures\":%d,\"empty\":0,\"wide\":0,\"errors\":0,"
          "\"text\":\"rgb(0, 0, 0)\"}",
          width, pictures);
      CHECK(count_of(found, expected) == 1);
    }
    if (lesson > 1) continue;
    // On a dark system the text is light.
    const std::string dark = found_in(chromium, page, "--blink-settings=preferredColorScheme=0");
    CHECK(count_of(dark, "\"text\":\"rgb(255, 255, 255)\"") == 2);
  }
}
