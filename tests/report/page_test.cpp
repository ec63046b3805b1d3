#include "src/report/page.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/report/markup.h"

using namespace handgrad;

namespace {

RunReport report_of(const std::string& name) {
  RunReport report{name, name + ": what to see", "Loss 0.1 of " + name + "."};
  report.settings = {{"network", "4-(10×3)-3"}, {"optimizer", "adam"}};
  report.command = "make run-lesson1 ARGS=\"--run " + name + "\"";
  report.gradients = "<svg><title>" + name + " gradients</title></svg>\n";
  report.legend = "<p class=\"legend\">" + name + "</p>\n";
  report.network = "<svg><title>" + name + " network</title></svg>\n";
  report.loss = "<svg><title>" + name + " loss</title></svg>\n";
  report.predictions = "<p>" + name + " predicts</p>\n";
  return report;
}

Confusion confusion_of(int setosa_as_setosa, int setosa_as_virginica) {
  Confusion confusion;
  confusion.count[0][0] = setosa_as_setosa;
  confusion.count[2][0] = setosa_as_virginica;
  return confusion;
}

}  // namespace

TEST_CASE("a page has its title, its body, and no other") {
  const std::string html = html_page("1 < 2", "<p>body</p>\n");
  check_well_formed(html);
  CHECK(html.find("<!DOCTYPE html>\n") == 0);
  CHECK(all_between(html, "<title>", "</title>") == "1 &lt; 2");
  CHECK(all_between(html, "<h1>", "</h1>") == "1 &lt; 2");
  CHECK(all_between(html, "<body>", "</body>") == "\n<h1>1 &lt; 2</h1>\n<p>body</p>\n");
  CHECK(count_of(html, "color-scheme: light dark") == 1);
}

TEST_CASE("a lesson's page shows every run: what to see and the gradients, the network, the rest, settings, files") {
  const std::string html = lesson_page("Lesson 1: a network learns", "make run-lesson1",
                                       {run_section(report_of("mlp4")), run_section(report_of("mlp8"))});
  check_well_formed(html);
  CHECK(all_between(html, "<h1>", "</h1>") == "Lesson 1: a network learns");
  CHECK(
      all_between(html, "<code>", "</code>") ==
      "make run-lesson1 ARGS=&quot;--run mlp4&quot; | make run-lesson1 ARGS=&quot;--run mlp8&quot; | make run-lesson1");
  CHECK(all_between(html, "<h2>", "</h2>") == "mlp4: what to see | mlp8: what to see");
  CHECK(count_of(html, "<tr><th scope=\"row\">network</th><td>4-(10×3)-3</td></tr>") == 2);
  CHECK(count_of(html, "<tr><th scope=\"row\">optimizer</th><td>adam</td></tr>") == 2);
  CHECK(all_between(html, "<svg><title>", "</title></svg>") ==
        "mlp4 gradients | mlp4 network | mlp4 loss | mlp8 gradients | mlp8 network | mlp8 loss");
  CHECK(count_of(html, "<figure") == 6);  // none for the heat map that there is not
  std::size_t at = 0;
  for (const char* next :
       {"mlp4: what to see", "<p>Loss 0.1 of mlp4.</p>", "mlp4 gradients", "class=\"legend\"", "mlp4 network",
        "mlp4 loss", "<p>mlp4 predicts</p>", "class=\"settings\"", "Files:", "mlp8: what to see"}) {
    CAPTURE(next);
    const std::size_t found = html.find(next, at);
    CHECK(found != std::string::npos);
    at = found;
  }

  CHECK(count_of(html, "<a ") == 8);
  for (const char* ending : {".history.csv", ".predictions.csv", ".params.txt", ".gradients.svg"}) {
    for (const std::string run : {"mlp4", "mlp8"}) {
      CHECK(count_of(html, "<a href=\"" + run + ending + "\">" + run + ending + "</a>") == 1);
    }
  }
}

TEST_CASE(
    "a trace and the run before stand in a run's section, and a run that diverged says so and links what it has") {
  RunReport report = report_of("a");
  report.trace = "x 1×4\n <1>";
  report.beside = "before & now";
  CHECK(contains(run_section(report),
                 "network</title></svg>\n</figure>\n<details open>\n<summary>The numbers of one "
                 "flower</summary>\n<pre tabindex=\"0\">x 1×4\n &lt;1&gt;</pre>\n</details>\n"));
  CHECK(contains(run_section(report), "<pre tabindex=\"0\">before &amp; now</pre>\n"));
  CHECK(count_of(run_section(report), "<a href=\"a.trace.txt\">") == 1);

  report = report_of("a");
  report.diverged = "the loss is not a number";
  report.gradients = "";
  const std::string html = run_section(report);
  CHECK(contains(html, "<h2>a: what to see</h2>\n<p class=\"diverged\">Ended early: the loss is not a number</p>\n"));
  CHECK(all_between(html, "<a href=\"", "\">") == "a.history.csv");
}

TEST_CASE("the section of a page is found again, and none in what is no page") {
  const std::string first = run_section(report_of("a")), second = run_section(report_of("ab"));
  const std::string page = lesson_page("title", "command", {first, second});
  CHECK(section_of(page, "a") == first);
  CHECK(section_of(page, "ab") == second);
  CHECK(section_of(page, "b") == "");
  CHECK(section_of(page.substr(0, page.find("ab loss")), "ab") == "");  // cut off
  CHECK(section_of("", "a") == "");
  CHECK(section_of("\x00\xff<section", "a") == "");
}

TEST_CASE("a lesson's page escapes what is not its own") {
  RunReport report = report_of("a");
  report.name = "a&b";
  report.title = "1 < 2";
  report.settings = {{"<name>", "\"quoted\""}};
  report.command = "<command>";
  const std::string html = lesson_page("<Lesson>", "make run-lesson1 ARGS=\"--out <b>&\"", {run_section(report)});
  check_well_formed(html);
  CHECK(all_between(html, "<h1>", "</h1>") == "&lt;Lesson&gt;");
  CHECK(all_between(html, "<code>", "</code>") ==
        "&lt;command&gt; | make run-lesson1 ARGS=&quot;--out &lt;b&gt;&amp;&quot;");
  CHECK(all_between(html, "<h2>", "</h2>") == "1 &lt; 2");
  CHECK(count_of(html, ">&lt;name&gt;</th><td>&quot;quoted&quot;</td>") == 1);
  CHECK(count_of(html, "<a href=\"a&amp;b.history.csv\">a&amp;b.history.csv</a>") == 1);
}

TEST_CASE("a lesson's page is one file that loads and runs nothing") {
  const std::string html = lesson_page("Lesson", "make run-lesson1", {run_section(report_of("mlp4"))});
  for (const char* loader : {"<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "http:", "https:"}) {
    CAPTURE(loader);
    CHECK(count_of(html, loader) == 0);
  }
}

TEST_CASE("the confusion table as HTML: rows predicted, columns true, the accuracy below") {
  const std::string html = confusion_html(confusion_of(3, 1));
  check_well_formed(html);
  CHECK(all_between(html, "<th scope=\"col\">", "</th>") == "setosa | versicolor | virginica");
  CHECK(all_between(html, "<th scope=\"row\">", "</th>") == "setosa | versicolor | virginica");
  CHECK(all_between(html, "</th><td", "</tr>") ==
        " class=\"right\">3</td><td>0</td><td>0</td> | >0</td><td class=\"right\">0</td><td>0</td> | "
        ">1</td><td>0</td><td class=\"right\">0</td>");
  CHECK(all_between(html, "<p>", "</p>") == "3 of 4 right (75.0 %)");
}

TEST_CASE("the mistakes are the flowers that were predicted wrong, with their measurements") {
  Dataset data{Matrix(3, 4), Matrix(3, 3), {7, 51, 150}};
  Matrix o(3, 3);
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j) data.x(i, j) = static_cast<Real>(i + 1 + 0.1 * j);
    data.y(i, i) = 1;
    o(i, 1) = 1;  // all are called versicolor, the second rightly
  }
  const std::string html = mistakes_html(data, o);
  check_well_formed(html);
  CHECK(all_between(html, "<tr><td>", "</td></tr>") ==
        "7</td><td>1.0</td><td>1.1</td><td>1.2</td><td>1.3</td><td>versicolor</td><td>setosa | "
        "150</td><td>3.0</td><td>3.1</td><td>3.2</td><td>3.3</td><td>versicolor</td><td>virginica");
  CHECK(all_between(html, "<th scope=\"col\">", "</th>") ==
        "row | Sepal.Length | Sepal.Width | Petal.Length | Petal.Width | predicted | true");

  CHECK(mistakes_html(data, data.y) == "<p>No flower was predicted wrong.</p>\n");
  CHECK_THROWS_AS(mistakes_html(data, Matrix(2, 3)), std::invalid_argument);
}

TEST_CASE("the overview links every page by its title, or by its address if it has none") {
  const std::string html =
      overview_page({{"lesson1/index.html", html_page("Lesson 1: 1 < 2", "")}, {"a&b", "text"}}, "<svg></svg>\n");
  check_well_formed(html);
  CHECK(all_between(html, "<li>", "</li>") ==
        "<a href=\"lesson1/index.html\">Lesson 1: 1 &lt; 2</a> | <a href=\"a&amp;b\">a&amp;b</a>");
  CHECK(count_of(html, "<figure tabindex=\"0\">\n<svg></svg>\n</figure>") == 1);
  CHECK(count_of(overview_page({}, ""), "<figure") == 0);
}
