#include "src/report/table.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("a table's rows stand below each other, its first column of another width") {
  CHECK(table_row({"a", "± 1", "three"}, 4, 6) == "| a   | ± 1   | three |\n");
  CHECK(table_head({"", "b"}, 4, 4) == "|     | b   |\n| --- | --- |\n");
}

TEST_CASE("a table of a page has headings in its first row and column, and escapes what it shows") {
  CHECK(html_table({"", "a<b"}, {{"x", "1 & 2"}}) ==
        "<div class=\"wide\"><table>\n<tr><th></th><th>a&lt;b</th></tr>\n<tr><th>x</th><td>1 &amp; 2</td></tr>\n"
        "</table></div>\n");
}
