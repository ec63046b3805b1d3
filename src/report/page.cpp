#include "src/report/page.h"

#include "src/report/markup.h"

namespace handgrad {

std::string lesson_page(const std::string& title, const std::string& command, const std::vector<RunReport>& runs) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      escaped(title) +
      "</title>\n<style>\n"
      ":root { color-scheme: light dark; }\n"
      "body { max-width: 54rem; margin: 1rem auto; padding: 0 1rem; font-family: sans-serif; line-height: "
      "1.5; }\n"
      "svg { display: block; width: 100%; height: auto; border-radius: 6px; }\n"
      "pre { overflow-x: auto; }\n"
      "</style>\n</head>\n<body>\n<h1>" +
      escaped(title) + "</h1>\n<p>Made by <code>" + escaped(command) + "</code></p>\n";
  for (const RunReport& run : runs) {
    html += "<h2>" + escaped(run.title) + "</h2>\n<p>" + escaped(run.settings) + "</p>\n" + run.plot_svg + "<pre>" +
            escaped(confusion_text(run.confusion)) + "</pre>\n<p>Files: ";
    for (const char* ending : {"history.csv", "predictions.csv", "params.txt", "gradients.svg"}) {
      const std::string file = escaped(run.name) + "." + ending;
      html += "<a href=\"" + file + "\">" + file + "</a> ";
    }
    html += "</p>\n";
  }
  return html + "</body>\n</html>\n";
}

}  // namespace handgrad
