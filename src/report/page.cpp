#include "src/report/page.h"

#include "src/report/markup.h"

namespace handgrad {

std::string html_page(const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped(title) +
         "</title>\n<style>\n"
         ":root { color-scheme: light dark; }\n"
         "body { max-width: 60rem; margin: 1rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5; "
         "overflow-wrap: anywhere; }\n"
         "figure, .wide { margin: 1rem 0; overflow-x: auto; }\n"
         "figure { border-radius: 6px; }\n"
         "svg { display: block; width: 100%; min-width: 40rem; height: auto; }\n"
         "pre { overflow-x: auto; }\n"
         "table { border-collapse: collapse; overflow-wrap: normal; }\n"
         "caption { text-align: left; padding: .2rem 0; }\n"
         "th, td { padding: .2rem .8rem; text-align: right; border: 1px solid #8886; }\n"
         "th { font-weight: 600; }\n"
         "</style>\n</head>\n<body>\n<h1>" +
         escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
}

std::string lesson_page(const std::string& title, const std::string& command, const std::vector<RunReport>& runs) {
  std::string html = "<p>Made by <code>" + escaped(command) + "</code></p>\n";
  for (const RunReport& run : runs) {
    html += "<h2>" + escaped(run.title) + "</h2>\n<p>" + escaped(run.settings) + "</p>\n<figure>\n" + run.plot_svg +
            "</figure>\n<pre>" + escaped(confusion_text(run.confusion)) + "</pre>\n<p>Files: ";
    for (const char* ending : {"history.csv", "predictions.csv", "params.txt", "gradients.svg"}) {
      const std::string file = escaped(run.name) + "." + ending;
      html += "<a href=\"" + file + "\">" + file + "</a> ";
    }
    html += "</p>\n";
  }
  return html_page(title, html);
}

}  // namespace handgrad
