#include "src/io/text.h"

#include <doctest/doctest.h>

using namespace handgrad;

TEST_CASE("formatted prints as printf does, however long the text") {
  CHECK(formatted("%d of %s: %.9g", 7, "ten", 0.1) == "7 of ten: 0.1");
  CHECK(formatted("%s", "") == "");
  CHECK(formatted("%.1f %%", 72.0) == "72.0 %");
  const std::string words(5000, 'w');
  CHECK(formatted("<%s>", words.c_str()) == "<" + words + ">");
}

TEST_CASE("counted has a plural, but for 1") {
  CHECK(counted(0, "row") == "0 rows");
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(20, "row") == "20 rows");
}

TEST_CASE("number_text has as many digits as the number needs") {
  CHECK(number_text(0.05) == "0.05");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(1e-8) == "1e-08");
  CHECK(number_text(999999) == "999999");
  CHECK(number_text(0.9999999999) == "0.9999999999");
  CHECK(number_text(0.1 + 0.2) == "0.30000000000000004");
}

TEST_CASE("a byte-order mark is three bytes at the beginning") {
  CHECK(byte_order_mark("\xEF\xBB\xBFx") == 3);
  CHECK(byte_order_mark("\xEF\xBB\xBF") == 3);
  for (const char* text : {"", "x", "\xEF\xBB", "x\xEF\xBB\xBF"}) CHECK(byte_order_mark(text) == 0);
}

TEST_CASE("quoted puts the text in quotes") {
  CHECK(quoted("wide") == "'wide'");
  CHECK(quoted("") == "''");
  CHECK(quoted("~ it's !") == "'~ it's !'");
}

TEST_CASE("quoted keeps a message on one line and free of bytes that do not print") {
  CHECK(quoted("a\nb\r\tc") == "'a?b??c'");
  CHECK(quoted(std::string("a\0b", 3)) == "'a?b'");
  CHECK(quoted("\x1b[31m\x7f") == "'?[31m?'");
  CHECK(quoted("\xC3\xA9") == "'?\?'");
}

TEST_CASE("quoted shows 40 bytes and then that more follow") {
  const std::string forty(40, 'x');
  CHECK(quoted(forty) == "'" + forty + "'");
  CHECK(quoted(forty + "y") == "'" + forty + "…'");
}

TEST_CASE("joined puts the separator between the words only") {
  CHECK(joined({}, ",") == "");
  CHECK(joined({"one"}, ",") == "one");
  CHECK(joined({"one", "", "three"}, ", ") == "one, , three");
}

TEST_CASE("split gives the pieces between separators, empty ones among them") {
  using Words = std::vector<std::string>;
  CHECK(split("", ',') == Words{""});
  CHECK(split("one", ',') == Words{"one"});
  CHECK(split("one,,three,", ',') == Words{"one", "", "three", ""});
}
