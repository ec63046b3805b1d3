#!/bin/sh
# sh tests/memcheck.sh: the test programs under valgrind, without the slowest suites and without those that start other
# programs. Built for the plain processor: valgrind does not know the widest registers. It leaves the tests their own
# new, which counts, and watches the malloc below it.
command -v valgrind >/dev/null || { echo 'handgrad: no valgrind here' >&2; exit 1; }
folder=build/memcheck
${MAKE:-make} $folder/float/test-suite $folder/checking/test-suite BUILD=$folder CXXFLAGS='-O1 -g' || exit
status=0
for kind in float checking; do
  valgrind -q --soname-synonyms=somalloc=nouserintercepts --leak-check=full --error-exitcode=1 $folder/$kind/test-suite \
    -sfe='*tests/matrix/gemm*,*tests/matrix/matrix_matrix*,*tests/lessons/*,*tests/program/*,*tests/handouts/*,*replay_test*' ||
    status=1
done
exit $status
