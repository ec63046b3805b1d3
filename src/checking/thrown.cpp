#include "src/checking/thrown.h"

#include <exception>

namespace handgrad {

std::string thrown_text() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (const std::string& text) {
    return "it threw text that is no std::exception: " + text;
  } catch (const char* text) {
    return std::string("it threw text that is no std::exception: ") + text;
  } catch (int number) {
    return "it threw a number: " + std::to_string(number);
  } catch (...) {
    return "it threw something that is no std::exception";
  }
}

}  // namespace handgrad
