#include "src/report/page.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/report/markup.h"

using namespace handgrad;

namespace {

RunReport report_of(const std::string& name) {
  return {name,
          name + ": what to see",
          {{"network", "4-(10×3)-3"}, {"optimizer", "adam"}},
          "make run-lesson1 ARGS=\"--run " + name + "\"",
          {"<svg><title>" + name + " first</title></svg>\n", "<svg><title>" + name + " second</title></svg>\n"},
          "<p>" + name + " predicts</p>\n"};
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

TEST_CASE("a lesson's page shows every run in order: title, settings, command, pictures, predictions, files") {
  const std::string html =
      lesson_page("Lesson 1: a network learns", "make run-lesson1", {report_of("mlp4"), report_of("mlp8")});
  check_well_formed(html);
  CHECK(all_between(html, "<h1>", "</h1>") == "Lesson 1: a network learns");
  CHECK(
      all_between(html, "<code>", "</code>") ==
      "make run-lesson1 | make run-lesson1 ARGS=&quot;--run mlp4&quot; | make run-lesson1 ARGS=&quot;--run mlp8&quot;");
  CHECK(all_between(html, "<h2>", "</h2>") == "mlp4: what to see | mlp8: what to see");
  CHECK(count_of(html, "<tr><th scope=\"row\">network</th><td>4-(10×3)-3</td></tr>") == 2);
  CHECK(count_of(html, "<tr><th scope=\"row\">optimizer</th><td>adam</td></tr>") == 2);
  CHECK(all_between(html, "<svg><title>", "</title></svg>") == "mlp4 first | mlp4 second | mlp8 first | mlp8 second");
  CHECK(count_of(html, "<figure") == 4);
  CHECK(html.find("mlp4 second</title>") < html.find("<p>mlp4 predicts</p>"));
  CHECK(html.find("<p>mlp4 predicts</p>") < html.find("mlp8: what to see"));
  RunReport lost = report_of("mlp8");
  lost.finding = "no gradient < fc1";
  CHECK(count_of(html, "<p>") == count_of(lesson_page("", "", {report_of("mlp4"), lost}), "<p>") - 1);
  CHECK(count_of(lesson_page("", "", {lost}), "</table>\n<p>no gradient &lt; fc1</p>\n<figure") == 1);

  CHECK(count_of(html, "<a ") == 8);
  for (const char* ending : {".history.csv", ".predictions.csv", ".params.txt", ".gradients.svg"}) {
    for (const std::string run : {"mlp4", "mlp8"}) {
      CHECK(count_of(html, "<a href=\"" + run + ending + "\">" + run + ending + "</a>") == 1);
    }
  }
}

TEST_CASE("a lesson's page escapes what is not its own") {
  RunReport report = report_of("a");
  report.name = "a&b";
  report.title = "1 < 2";
  report.settings = {{"<name>", "\"quoted\""}};
  report.command = "<command>";
  const std::string html = lesson_page("<Lesson>", "make run-lesson1 ARGS=\"--out <b>&\"", {report});
  check_well_formed(html);
  CHECK(all_between(html, "<h1>", "</h1>") == "&lt;Lesson&gt;");
  CHECK(all_between(html, "<code>", "</code>") ==
        "make run-lesson1 ARGS=&quot;--out &lt;b&gt;&amp;&quot; | &lt;command&gt;");
  CHECK(all_between(html, "<h2>", "</h2>") == "1 &lt; 2");
  CHECK(count_of(html, ">&lt;name&gt;</th><td>&quot;quoted&quot;</td>") == 1);
  CHECK(count_of(html, "<a href=\"a&amp;b.history.csv\">a&amp;b.history.csv</a>") == 1);
}

TEST_CASE("a lesson's page is one file that loads and runs nothing") {
  const std::string html = lesson_page("Lesson", "make run-lesson1", {report_of("mlp4")});
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
  const std::string html = overview_page({{"lesson1/index.html", html_page("Lesson 1: 1 < 2", "")}, {"a&b", "text"}});
  check_well_formed(html);
  CHECK(all_between(html, "<li>", "</li>") ==
        "<a href=\"lesson1/index.html\">Lesson 1: 1 &lt; 2</a> | <a href=\"a&amp;b\">a&amp;b</a>");
}
