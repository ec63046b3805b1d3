#include "src/report/markup.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("escaped writes & < > and \" as entities and leaves the rest alone") {
  CHECK(escaped("") == "");
  CHECK(escaped("4-(10×3)-3, it's") == "4-(10×3)-3, it's");
  CHECK(escaped("<a href=\"x\">&</a>") == "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  CHECK(escaped("&amp;") == "&amp;amp;");
}
