#include "src/report/markup.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("escaped writes & < > and \" as entities and leaves the rest alone") {
  CHECK(escaped("") == "");
  CHECK(escaped("4-(10×3)-3, it's") == "4-(10×3)-3, it's");
  CHECK(escaped("<a href=\"x\">&</a>") == "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  CHECK(escaped("&amp;") == "&amp;amp;");
}

TEST_CASE("what is no UTF-8 becomes U+FFFD, a byte each, and what is stays") {
  const std::string bad = "\uFFFD";
  CHECK(escaped("深度 é ∂ 𝄞") == "深度 é ∂ 𝄞");
  CHECK(escaped("a\xffz") == "a" + bad + "z");
  CHECK(escaped("\xc3") == bad);                      // cut off
  CHECK(escaped("\xc3\x28<") == bad + "(&lt;");       // not continued
  CHECK(escaped("\xc0\xaf") == bad + bad);            // overlong
  CHECK(escaped("\xed\xa0\x80") == bad + bad + bad);  // a surrogate
  CHECK(escaped("\xf4\x90\x80\x80") == bad + bad + bad + bad);
  CHECK(escaped("\xf0\x9d\x84\x9e\x80") == "𝄞" + bad);
}
