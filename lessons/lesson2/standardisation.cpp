#include "lessons/lesson2/standardisation.h"

#include <cstdio>

#include "src/io/file.h"
#include "src/io/text.h"
#include "src/layers/batch_norm.h"

namespace handgrad::lesson2 {

namespace {

// A panel of the picture: a strip for each feature with a mark for every flower, on an axis from `low` to `high`.
std::string panel(const Matrix& x, const char* title, double left, double low, double high) {
  constexpr double width = 330, top = 60, strip_height = 46;
  const auto place = [&](double value) { return left + width * (value - low) / (high - low); };
  const double bottom = top + strip_height * x.cols;
  std::string svg =
      formatted("<text x=\"%.1f\" y=\"28\" font-size=\"15\" font-weight=\"bold\">%s</text>\n", left, title);
  for (int tick = static_cast<int>(low); tick <= static_cast<int>(high); tick += 2) {
    svg += formatted("<path stroke=\"#ccc\" d=\"M%.1f %.1fV%.1f\"/>\n", place(tick), top - 8, bottom - 8);
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", place(tick), bottom + 10, tick);
  }
  for (int j = 0; j < x.cols; ++j) {
    const double y = top + strip_height * j;
    svg += formatted("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", left, y + 4, iris_feature_names[j]);
    // A path a flower: where several lie on each other the mark is darker.
    svg += "<g stroke=\"#1b4f9c\" stroke-opacity=\".65\" stroke-width=\"2\">\n";
    for (int i = 0; i < x.rows; ++i) {
      svg += formatted("<path d=\"M%.1f %.1fv16\"/>\n", place(static_cast<double>(x(i, j))), y + 12);
    }
    svg += "</g>\n";
  }
  return svg;
}

}  // namespace

std::string show_standardisation(const Iris& iris, const std::string& folder, bool quiet) {
  const Matrix gamma(1, iris_features, 1), beta(1, iris_features, 0);
  Matrix mean, var, x_hat, standardised;
  batch_norm_forward(iris.x, gamma, beta, mean, var, x_hat, standardised);
  Matrix mean_after, var_after, x_hat_after, unused;
  batch_norm_forward(standardised, gamma, beta, mean_after, var_after, x_hat_after, unused);

  if (!quiet) {
    std::printf("standardisation of the four features (section 2 (3))\n");
    std::printf("(variances divided by n, as the lecture's formula; its demonstration divides by n - 1, as R's var)\n");
    std::printf("  %-14s %9s %9s   %9s %9s\n", "", "mean", "variance", "mean", "variance");
    for (int j = 0; j < iris_features; ++j) {
      std::printf("  %-14s %9.4f %9.4f   %9.4f %9.4f\n", iris_feature_names[j], static_cast<double>(mean(0, j)),
                  static_cast<double>(var(0, j)), static_cast<double>(mean_after(0, j)),
                  static_cast<double>(var_after(0, j)));
    }
  }

  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 270\" font-family=\"sans-serif\" font-size=\"12\" "
      "fill=\"#222\">\n<title>The four features of iris before and after standardisation</title>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  svg += panel(iris.x, "before: lengths in cm", 30, 0, 8);
  svg += panel(standardised, "after: (x - mean) / sqrt(variance + 0.001)", 400, -4, 4);
  svg += "</svg>\n";
  hold_folder(folder);
  write_file(folder + "/standardisation.svg", svg);
  if (!quiet) std::printf("written: %s/standardisation.svg\n\n", folder.c_str());
  return "<h2>Standardisation, section 2 (3)</h2>\n<figure tabindex=\"0\">\n" + svg + "</figure>\n";
}

}  // namespace handgrad::lesson2
