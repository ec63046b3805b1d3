#include "src/report/page.h"

#include <doctest/doctest.h>

#include "tests/report/markup.h"

using namespace handgrad;

namespace {

RunReport report_of(const std::string& name, int right) {
  RunReport report{name, name + ": what to see", "4-(10×3)-3, adam", "<svg><title>" + name + "</title></svg>\n", {}};
  report.confusion.count[0][0] = right;
  report.confusion.count[1][0] = 50 - right;
  return report;
}

}  // namespace

TEST_CASE("a lesson's page shows every run in order: title, settings, plot, confusion table, files") {
  const std::string html =
      lesson_page("Lesson 1: a network learns", "make run-lesson1", {report_of("mlp4", 36), report_of("mlp8", 15)});
  check_well_formed(html);
  CHECK(html.find("<!DOCTYPE html>\n") == 0);
  CHECK(all_between(html, "<h1>", "</h1>") == "Lesson 1: a network learns");
  CHECK(all_between(html, "<code>", "</code>") == "make run-lesson1");
  CHECK(all_between(html, "<h2>", "</h2>") == "mlp4: what to see | mlp8: what to see");
  CHECK(count_of(html, "<p>4-(10×3)-3, adam</p>") == 2);

  CHECK(all_between(html, "<svg>", "</svg>") == "<title>mlp4</title> | <title>mlp8</title>");
  CHECK(all_between(html, "<pre>", "</pre>") ==
        confusion_text(report_of("mlp4", 36).confusion) + " | " + confusion_text(report_of("mlp8", 15).confusion));

  CHECK(count_of(html, "<a ") == 8);
  for (const char* ending : {".history.csv", ".predictions.csv", ".params.txt", ".gradients.svg"}) {
    for (const std::string run : {"mlp4", "mlp8"}) {
      CHECK(count_of(html, "<a href=\"" + run + ending + "\">" + run + ending + "</a>") == 1);
    }
  }
}

TEST_CASE("a lesson's page escapes what is not its own") {
  RunReport report = report_of("a&b", 50);
  report.title = "1 < 2";
  report.settings = "\"quoted\"";
  report.plot_svg = "<svg></svg>\n";
  const std::string html = lesson_page("<Lesson>", "make run-lesson1 ARGS=\"--out <b>&\"", {report});
  check_well_formed(html);
  CHECK(all_between(html, "<h1>", "</h1>") == "&lt;Lesson&gt;");
  CHECK(count_of(html, "<title>&lt;Lesson&gt;</title>") == 1);
  CHECK(all_between(html, "<code>", "</code>") == "make run-lesson1 ARGS=&quot;--out &lt;b&gt;&amp;&quot;");
  CHECK(all_between(html, "<h2>", "</h2>") == "1 &lt; 2");
  CHECK(count_of(html, "<p>&quot;quoted&quot;</p>") == 1);
  CHECK(count_of(html, "<a href=\"a&amp;b.history.csv\">a&amp;b.history.csv</a>") == 1);
}

TEST_CASE("a lesson's page is one file that loads nothing") {
  const std::string html = lesson_page("Lesson", "make run-lesson1", {report_of("mlp4", 36)});
  for (const char* loader : {"<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "http:", "https:"}) {
    CAPTURE(loader);
    CHECK(count_of(html, loader) == 0);
  }
}
