#pragma once

#include <string>

#include "src/checking/check_report.h"

namespace handgrad {

// The table, and under it all that is known of the first wrong equation. `colour` adds terminal colours.
std::string check_report_text(const CheckReport& report, bool colour);

}  // namespace handgrad
