#include "src/report/page.h"

#include <cstddef>

#include "src/io/text.h"
#include "src/report/markup.h"

namespace handgrad {

std::string html_page(const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped(title) +
         "</title>\n<style>\n"
         ":root { color-scheme: light dark; }\n"
         "body { max-width: 76rem; margin: 1rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5; "
         "overflow-wrap: anywhere; }\n"
         "p, ul, figure, pre, .settings { max-width: 60rem; }\n"
         "figure, pre, .wide { margin: 1rem 0; overflow-x: auto; }\n"
         "pre { max-height: 36rem; }\n"
         "figure { border-radius: 6px; }\n"
         "svg { display: block; width: 100%; min-width: 40rem; height: auto; }\n"
         "table { border-collapse: collapse; overflow-wrap: normal; }\n"
         "caption { text-align: left; padding: .2rem 0; white-space: nowrap; }\n"
         "th, td { padding: .2rem .8rem; text-align: right; border: 1px solid #8886; }\n"
         "th { font-weight: 600; }\n"
         ".wide th, .wide td { white-space: nowrap; }\n"
         ".diverged { font-weight: 600; }\n"
         ".legend { display: none; background: #fff; color: #222; padding: .3rem .6rem; border-radius: 6px; }\n"
         ".legend span { white-space: nowrap; margin-right: .8rem; }\n"
         "@media (max-width: 42rem) { .legend { display: block; } }\n"
         ".right { background: #2a82; font-weight: 600; }\n"
         ".settings th, .settings td { text-align: left; border: 0; padding: 0 1rem 0 0; }\n"
         ".settings td { overflow-wrap: anywhere; }\n"
         "h2 { margin-top: 3rem; }\n"
         "</style>\n</head>\n<body>\n<h1>" +
         escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
}

std::string confusion_html(const Confusion& confusion) {
  std::string html =
      "<div class=\"wide\"><table>\n<caption>Confusion table: rows predicted, columns true</caption>\n<tr><td></td>";
  for (const char* species : iris_species_names) html += formatted("<th scope=\"col\">%s</th>", species);
  html += "</tr>\n";
  for (std::size_t k = 0; k < confusion.count.size(); ++k) {
    html += formatted("<tr><th scope=\"row\">%s</th>", iris_species_names[k]);
    for (std::size_t j = 0; j < confusion.count[k].size(); ++j) {
      html += formatted(j == k ? "<td class=\"right\">%d</td>" : "<td>%d</td>", confusion.count[k][j]);
    }
    html += "</tr>\n";
  }
  return html + formatted("</table></div>\n<p>%d of %d right (%.1f %%)</p>\n", confusion.right(), confusion.total(),
                          100.0 * confusion.right() / confusion.total());
}

std::string mistakes_html(const Dataset& data, const Matrix& o) {
  check_shape("mistakes_html", "y", data.y, "o", o, data.y.rows, data.y.cols);
  std::string rows;
  for (int i = 0; i < o.rows; ++i) {
    const int predicted = largest_column(o, i), truth = largest_column(data.y, i);
    if (predicted == truth) continue;
    rows += formatted("<tr><td>%d</td>", data.rows[static_cast<std::size_t>(i)]);
    for (int j = 0; j < data.x.cols; ++j) rows += formatted("<td>%.1f</td>", static_cast<double>(data.x(i, j)));
    rows += formatted("<td>%s</td><td>%s</td></tr>\n", iris_species_names[predicted], iris_species_names[truth]);
  }
  if (rows.empty()) return "<p>No flower was predicted wrong.</p>\n";
  std::string html =
      "<div class=\"wide\"><table>\n<caption>The flowers that were predicted wrong, in cm</caption>\n<tr><th "
      "scope=\"col\">row</th>";
  for (const char* feature : iris_feature_names) html += formatted("<th scope=\"col\">%s</th>", feature);
  return html + "<th scope=\"col\">predicted</th><th scope=\"col\">true</th></tr>\n" + rows + "</table></div>\n";
}

std::string trace_html(const std::string& shown) {
  if (shown.empty()) return "";
  return "<details open>\n<summary>The numbers of one flower</summary>\n<pre tabindex=\"0\">" + escaped(shown) +
         "</pre>\n</details>\n";
}

std::string page_section(const std::string& name, const std::string& html) {
  return "<section id=\"" + escaped(name) + "\">\n" + html + "</section>\n";
}

std::string section_of(const std::string& page, const std::string& name) {
  const std::string begin = "<section id=\"" + escaped(name) + "\">\n", end = "</section>\n";
  const std::size_t from = page.find(begin), to = page.find(end, from);
  return to == std::string::npos ? "" : page.substr(from, to + end.size() - from);
}

std::string run_section(const RunReport& run) {
  const auto figure = [](const std::string& svg) {
    return svg.empty() ? "" : "<figure tabindex=\"0\">\n" + svg + "</figure>\n";
  };
  std::string html = "<h2>" + escaped(run.title) + "</h2>\n";
  if (!run.diverged.empty()) html += "<p class=\"diverged\">Ended early: " + escaped(run.diverged) + "</p>\n";
  html += "<p>" + escaped(run.result) + "</p>\n" + figure(run.gradients) + run.legend;
  if (!run.beside.empty()) html += "<pre tabindex=\"0\">" + escaped(run.beside) + "</pre>\n";
  html += figure(run.network) + trace_html(run.trace) + figure(run.loss) + figure(run.heat_map) + run.predictions;

  html += "<table class=\"settings\">\n";
  for (const auto& [name, value] : run.settings) {
    html += "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
  }
  html += "<tr><th scope=\"row\">repeat</th><td><code>" + escaped(run.command) + "</code></td></tr>\n</table>\n";
  std::vector<std::string> endings{"history.csv"};
  if (!run.gradients.empty()) endings.emplace_back("gradients.svg");
  if (run.diverged.empty()) endings.insert(endings.end(), {"predictions.csv", "params.txt"});
  if (!run.trace.empty()) endings.emplace_back("trace.txt");
  html += "<p>Files: ";
  for (const std::string& ending : endings) {
    const std::string file = escaped(run.name) + "." + ending;
    html += "<a href=\"" + file + "\">" + file + "</a> ";
  }
  return page_section(run.name, html + "</p>\n");
}

std::string lesson_page(const std::string& title, const std::string& command,
                        const std::vector<std::string>& sections) {
  return html_page(title, joined(sections, "") + "<p>Made by <code>" + escaped(command) + "</code></p>\n");
}

std::string overview_page(const std::vector<std::pair<std::string, std::string>>& pages, const std::string& picture) {
  std::string html = "<ul>\n";
  for (const auto& [address, page] : pages) {
    const std::size_t begin = page.find("<title>"), end = page.find("</title>");
    const std::string title = begin < end && end != std::string::npos ? page.substr(begin + 7, end - begin - 7) : "";
    html += "<li><a href=\"" + escaped(address) + "\">" + (title.empty() ? escaped(address) : title) + "</a></li>\n";
  }
  html += "</ul>\n";
  if (!picture.empty()) html += "<figure tabindex=\"0\">\n" + picture + "</figure>\n";
  return html_page("handgrad", html);
}

}  // namespace handgrad
