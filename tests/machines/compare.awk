# Holds one run's files of two machines against each other:
#   awk -f compare.awk A.history.csv B.history.csv A.predictions.csv B.predictions.csv A.params.txt B.params.txt
# and prints the largest differences: of the loss and of a mean |gradient|, relative; of a probability and of a
# parameter, absolute; and how many flowers are predicted as another species.
function size(x) { return x < 0 ? -x : x }
function larger(x, y) { return x > y ? x : y }
function difference(x, y) { return size(x - y) }
function relative(x, y) { return x == y ? 0 : difference(x, y) / larger(size(x), size(y)) }

BEGIN { FS = "[ ,]" }
FNR == 1 { ++file }
file % 2 == 1 { lines = FNR; for (k = 1; k <= NF; ++k) a[FNR, k] = $k; next }
FNR > lines || NF == 0 { torn = 1 }
file == 2 && FNR > 1 {
  loss = larger(loss, relative(a[FNR, 2], $2))
  for (k = 3; k <= NF; ++k) gradient = larger(gradient, relative(a[FNR, k], $k))
}
file == 4 && FNR > 1 {
  for (k = 2; k <= 4; ++k) probability = larger(probability, difference(a[FNR, k], $k))
  if (a[FNR, 5] != $5) ++flowers
}
file == 6 && /^[-0-9]/ { for (k = 1; k <= NF; ++k) parameter = larger(parameter, difference(a[FNR, k], $k)) }
END {
  if (torn || file != 6) { print "not files of one run"; exit 1 }
  printf "%9.1e %9.1e %9.1e %9.1e %3d\n", loss, gradient, probability, parameter, flowers
}
