# handgrad: one lecture on vanishing gradients, in C++17 and by hand. `make help` lists what can be made.
#
#   make run-lesson1 ARGS="--epochs 20 --lr 0.01"
#   make test CXX=clang++

.DEFAULT_GOAL := help
.SUFFIXES:

# ---- How to compile -------------------------------------------------------------------------------------------------

# The machine's own instructions, where the compiler knows that word.
accepts = $(shell echo | $(CXX) -Werror $(1) -E -x c++ - >/dev/null 2>&1 && echo $(1))
NATIVE := $(call accepts,-march=native)
CXXFLAGS = $(if $(SANITIZE),-O1,-O3) $(NATIVE)
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)

# Without contraction a * b + c is rounded twice, as it is written, by every compiler and on every processor: the
# initial weights agree with the lecture's to the last bit. Only src/matrix, where the speed lives, lets the compiler
# fuse the two.
# No function has to leave its errors in errno, and no operation its exceptions in a flag, where nobody looks: so loops
# with a square root or a choice can be vectorised.
FLAGS = -std=c++17 -I. -I$(BUILD) $(WARNINGS) $(CXXFLAGS) -ffp-contract=off -fno-math-errno -fno-trapping-math $(SANITIZE_FLAGS)

# src/matrix alone: what its loops want of a compiler that knows the option. clang++ would use half of a 64-byte register,
# and g++ would keep a second version of each loop for neighbouring rows, whose addresses take the tile's registers; nor
# need it say that a vector wider than the processor's is handed over in another way than with AVX: it stays in here.
MATRIX_FLAGS := -ffp-contract=fast -Wno-psabi $(call accepts,-mprefer-vector-width=512) \
                $(call accepts,-fno-version-loops-for-strides)

# SANITIZE=address,undefined builds programs that stop with a report at the first such error.
SANITIZE_FLAGS = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -g \
                     -DHANDGRAD_SANITIZED)

# A folder for each compiler, and for each set of sanitizers; below it, `float` is what the lessons run and `checking`
# the same sources with double.
comma := ,
BUILD := build/$(notdir $(lastword $(CXX)))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))

# ---- What there is --------------------------------------------------------------------------------------------------

LESSONS := $(sort $(patsubst lessons/%/main.cpp,%,$(wildcard lessons/lesson*/main.cpp)))
EXERCISES := $(sort $(patsubst lessons/%/exercise.cpp,%,$(wildcard lessons/*/exercise.cpp)))
# The sources below the programs. What judges gradients needs double, and is in no lesson's program.
SRC_checking := $(wildcard src/*/*.cpp)
SRC_float := $(filter-out src/checking/% src/program/exercise.cpp,$(SRC_checking))
# Of a lesson all but its programs; lessons lend each other their networks (lesson 3 also trains lesson 2's).
LESSON_SRC_checking := $(filter-out %/main.cpp %/exercise.cpp %/answer.cpp %/minimal.cpp,$(wildcard lessons/lesson*/*.cpp))
LESSON_SRC_float := $(filter-out %/check.cpp,$(LESSON_SRC_checking))

# What reads from outside, each with a function in tests/fuzz that judges it.
FUZZ_TARGETS := iris split params options

# Derivatives are judged in double, all else in float, the matrix routines in both.
TESTS_checking := $(wildcard tests/*.cpp tests/matrix/*.cpp tests/layers/*.cpp tests/checking/*.cpp tests/program/exercise_test.cpp)
# With TESTS_lessons= the suite is built without the tests that start programs.
TESTS_lessons := $(wildcard tests/lessons/*.cpp tests/handouts/*.cpp) $(filter-out %/exercise_test.cpp,$(wildcard tests/program/*.cpp))
TESTS_float := $(wildcard tests/*.cpp tests/matrix/*.cpp tests/io/*.cpp tests/data/*.cpp tests/training/*.cpp tests/report/*.cpp) \
               $(TESTS_lessons) $(FUZZ_TARGETS:%=tests/fuzz/%.cpp) tests/fuzz/replay_test.cpp
BENCH := $(wildcard tests/bench/*.cpp)

# Programs: a .cpp with main() and all the objects of its kind.
PROGRAMS_float := $(LESSONS:%=lessons/%/main.cpp) lessons/comparison/main.cpp lessons/lesson1/minimal.cpp $(BENCH)
PROGRAMS_checking := lessons/check_grad.cpp $(EXERCISES:%=lessons/%/exercise.cpp) $(EXERCISES:%=lessons/%/answer.cpp)

objects = $(patsubst %.cpp,$(BUILD)/$(1)/%.o,$(2))

# ---- What a person types --------------------------------------------------------------------------------------------

.PHONY: help
help:
	@echo 'make run-lessonN           run lesson N; there are: $(LESSONS)'
	@echo '     ... ARGS="--help"     list its options'
	@echo 'make run-lessons           run all lessons'
	@echo 'make comparison            the gradients of four networks side by side, the picture of README.md'
	@echo 'make pictures              run all lessons and put their pictures into the handouts'
	@echo 'make exercise-lessonN      run the exercise that you write in lessons/lessonN/exercise.cpp; there are: $(EXERCISES)'
	@echo 'make answer-lessonN        run its answer'
	@echo 'make grade                 run all exercises, print one table and write out/grade.csv'
	@echo 'make check-grad            hold every hand-written gradient against its central difference; LAYER=relu for one'
	@echo 'make test                  run the tests; finds doctest or installs it'
	@echo 'make test-mutants          break every statement in turn and count what check-grad or the tests catch; takes long'
	@echo 'make test-repeatable       every lesson twice: the files must be the same'
	@echo 'make bench                 measure the speed of all this, beside other libraries where installed; takes minutes'
	@echo '     ... PART="gemm"       only that part; there are: gemm ladder vector train fused scale'
	@echo 'make tidy                  clang-tidy, which must find nothing'
	@echo 'make test-memcheck         most tests under valgrind'
	@echo 'make test-machines         the tests as other compilers and processors build them; MACHINES="aarch64" for some'
	@echo 'make fuzz                  throw invented input at every reader, FUZZ_SECONDS=30 each; needs clang++'
	@echo 'make all                   build everything, run nothing'
	@echo 'make install-deps          install doctest with the package manager of the system'
	@echo 'make clean                 remove all that was built or written: build/ and out/'
	@echo 'Another compiler: CXX=clang++. Other flags: CXXFLAGS="-O2".'

.PHONY: all
all: $(LESSONS:%=$(BUILD)/float/%) $(BUILD)/float/minimal $(BUILD)/float/comparison $(BUILD)/checking/check-grad $(EXERCISES:%=$(BUILD)/checking/%-exercise) \
    $(EXERCISES:%=$(BUILD)/checking/%-answer) $(BUILD)/float/test-suite $(BUILD)/checking/test-suite \
    $(BUILD)/float/bench

# One after the other, also with -j, so that their lines do not mix.
.PHONY: run-lessons
run-lessons: $(LESSONS:%=$(BUILD)/float/%)
	@for lesson in $(LESSONS); do $(BUILD)/float/$$lesson $(ARGS) || exit; done

.PHONY: $(LESSONS:%=run-%)
$(LESSONS:%=run-%): run-%: $(BUILD)/float/%
	@$< $(ARGS)

.PHONY: minimal
minimal: $(BUILD)/float/minimal
	@$<

.PHONY: comparison
comparison: $(BUILD)/float/comparison
	@$<

# The pictures in README.md and the handouts are those of a run.
.PHONY: pictures
pictures: comparison run-lessons
	@cp out/comparison.svg lessons/comparison/
	@for lesson in $(LESSONS); do cp out/$$lesson/*.svg lessons/$$lesson/; done

.PHONY: $(EXERCISES:%=exercise-%) $(EXERCISES:%=answer-%)
$(EXERCISES:%=exercise-%): exercise-%: $(BUILD)/checking/%-exercise
	@$< $(ARGS)
$(EXERCISES:%=answer-%): answer-%: $(BUILD)/checking/%-answer
	@$< $(ARGS)

# Every exercise of every lesson, one line each, whatever the exercises do.
.PHONY: grade
grade:
	@MAKE='$(MAKE)' BUILD='$(BUILD)' sh src/program/grade.sh $(EXERCISES)

# make check-grad LAYER=batch_norm checks one layer, LAYER=lesson3 one network.
.PHONY: check-grad
check-grad: $(BUILD)/checking/check-grad
	@$< $(LAYER)

.PHONY: test
test: $(BUILD)/float/test-suite $(BUILD)/checking/test-suite $(LESSONS:%=$(BUILD)/float/%) $(BUILD)/float/minimal $(BUILD)/float/comparison \
    $(BUILD)/checking/check-grad $(EXERCISES:%=$(BUILD)/checking/%-exercise) $(EXERCISES:%=$(BUILD)/checking/%-answer)
	@status=0; \
	for kind in float checking; do \
	  echo "tests with $$kind"; \
	  HANDGRAD_PROGRAMS=$(BUILD)/$$kind $(BUILD)/$$kind/test-suite >$(BUILD)/$$kind/tests.log 2>&1 || status=1; \
	  cat $(BUILD)/$$kind/tests.log; \
	done; \
	cat $(BUILD)/float/tests.log $(BUILD)/checking/tests.log | \
	sed -n 's/.*test cases: *[0-9]* | *\([0-9]*\) passed | *\([0-9]*\) failed.*/\1 \2/p' | \
	awk '{ passed += $$1; failed += $$2 } END { print passed + 0 " passed, " failed + 2 - NR " failed" }'; \
	exit $$status

# Does check-grad catch and name what students break, and make test what else can be wrong? See tests/mutants/run.sh.
.PHONY: test-mutants
test-mutants:
	@status=0; for list in backward forward; do sh tests/mutants/run.sh $$list || status=1; done; exit $$status

# Every lesson twice, with the same command line; their files must be the same, byte for byte.
.PHONY: test-repeatable
test-repeatable: $(LESSONS:%=$(BUILD)/float/%)
	@rm -rf build/repeatable; \
	for time in first second; do \
	  mkdir -p build/repeatable/$$time; \
	  for lesson in $(LESSONS); do \
	    $(BUILD)/float/$$lesson --quiet --out build/repeatable/$$lesson || exit; \
	    mv build/repeatable/$$lesson build/repeatable/$$time; \
	  done; \
	done; \
	diff -r build/repeatable/first build/repeatable/second >build/repeatable/diff || \
	  { cut -c1-200 build/repeatable/diff; exit 1; }; \
	echo "$$(find build/repeatable/first -type f | wc -l) files, the same in both runs"

# The speed of the matrix routines and of the training, as Markdown tables; judges no time, but every product.
.PHONY: bench
bench: $(BUILD)/float/bench
	@HANDGRAD_FLAGS='$(FLAGS)' $< $(PART)

# Invents input for every reader, with clang's libFuzzer, for so many seconds each; what breaks one stays in build/fuzz.
FUZZ_CXX = clang++
FUZZ_SECONDS = 30
.PHONY: fuzz
fuzz:
	@$(MAKE) --no-print-directory fuzz-built CXX='$(FUZZ_CXX)' SANITIZE=fuzzer-no-link,address,undefined

.PHONY: fuzz-built
fuzz-built: $(FUZZ_TARGETS:%=$(BUILD)/float/fuzz-%)
	@status=0; \
	for target in $(FUZZ_TARGETS); do \
	  mkdir -p build/fuzz/$$target; \
	  cp tests/fuzz/seeds/$$target/* data/*.csv build/fuzz/$$target; \
	  echo "fuzzing $$target for $(FUZZ_SECONDS) seconds"; \
	  $(BUILD)/float/fuzz-$$target build/fuzz/$$target -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=5 \
	    -rss_limit_mb=512 -malloc_limit_mb=64 -artifact_prefix=build/fuzz/$$target- >build/fuzz/$$target.log 2>&1 || \
	    { status=1; grep -E 'ERROR|SUMMARY|what\(\)|Test unit' build/fuzz/$$target.log; }; \
	  sed -n 's/^Done \(.*\)/  \1/p' build/fuzz/$$target.log; \
	done; \
	exit $$status

# The test programs under valgrind, without its slowest suites and without those that start other programs. Built for the
# plain processor: valgrind does not know the widest registers. It leaves the tests their own new, which counts, and
# watches the malloc below it.
.PHONY: test-memcheck
test-memcheck:
	@command -v valgrind >/dev/null || { echo 'handgrad: no valgrind here' >&2; exit 1; }
	@$(MAKE) --no-print-directory build/memcheck/float/test-suite build/memcheck/checking/test-suite \
	  BUILD=build/memcheck CXXFLAGS='-O1 -g'
	@for kind in float checking; do \
	  valgrind -q --soname-synonyms=somalloc=nouserintercepts --leak-check=full --error-exitcode=1 \
	    build/memcheck/$$kind/test-suite \
	    -sfe='*tests/matrix/gemm*,*tests/lessons/*,*programs_test*,*replay_test*' || exit; \
	done

# clang-tidy with the checks of .clang-tidy: what the lessons run with float, what judges it and the lessons' own sources
# with double. With -j2 both at once. TIDY_FLAGS="-Xclang -analyzer-config -Xclang max-nodes=50000" follows fewer paths
# through each function, in half the time.
TIDY_float := $(SRC_float) --
TIDY_checking := $(filter-out $(SRC_float),$(SRC_checking)) $(wildcard lessons/*.cpp lessons/*/*.cpp) -- -DHANDGRAD_CHECKING
.PHONY: tidy tidy-float tidy-checking
tidy: tidy-float tidy-checking
tidy-float tidy-checking:
	@command -v clang-tidy >/dev/null || { echo 'handgrad: no clang-tidy here' >&2; exit 1; }
	@mkdir -p build
	@clang-tidy --quiet $(TIDY_$(@:tidy-%=%)) -std=c++17 -I. $(TIDY_FLAGS) >build/$@.log 2>&1; \
	status=$$?; grep -A3 'error:' build/$@.log; exit $$status

# The tests with other compilers, levels of optimization and processors; MACHINES="clang++ aarch64" for some of them.
.PHONY: test-machines
test-machines:
	@sh tests/machines/run.sh $(MACHINES)

# What each package manager is asked for; the first one that there is does it. Homebrew refuses to run as root.
.PHONY: install-deps
install-deps:
	@as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	has() { command -v "$$1" >/dev/null 2>&1; }; \
	run() { echo "handgrad: installing doctest: $$*"; "$$@"; }; \
	if has apt-get; then run $$as_root apt-get update -q && run $$as_root apt-get install -y -q doctest-dev; \
	elif has dnf; then run $$as_root dnf install -y doctest-devel; \
	elif has pacman; then run $$as_root pacman -S --needed --noconfirm doctest; \
	elif has apk; then run $$as_root apk add doctest-dev; \
	elif has brew; then run brew install doctest; \
	else echo 'handgrad: no apt-get, dnf, pacman, apk or brew here: install doctest by hand' >&2; exit 1; fi

.PHONY: clean
clean:
	rm -rf build out

# ---- How it is built ------------------------------------------------------------------------------------------------

# Of the file that is compiled: src/matrix and the benchmarks have their own, the tests have less optimization and a
# shorter build, and no warnings come from within Eigen's templates.
OWN_FLAGS = $(if $(filter src/matrix/% tests/bench/%,$<),$(MATRIX_FLAGS)) \
            $(if $(filter tests/%,$(filter-out tests/bench/%,$<)),-O1) \
            $(if $(filter tests/bench/eigen.cpp,$<),-w)

# $(1) is float or checking, $(2) what tells the sources which.
define kind
$(BUILD)/$(1)/%.o: %.cpp $(BUILD)/flags
	@mkdir -p $$(@D)
	@echo '$(CXX) $$<$(2)'
	@$(CXX) $(FLAGS)$(2) $$(OWN_FLAGS) -MMD -MP -c $$< -o $$@

$(BUILD)/$(1)/libhandgrad.a: $(call objects,$(1),$(SRC_$(1)))
	@rm -f $$@
	@$$(AR) rcs $$@ $$^

$(BUILD)/$(1)/test-suite: $(call objects,$(1),$(TESTS_$(1)) $(LESSON_SRC_$(1))) $(BUILD)/$(1)/libhandgrad.a
	@$(CXX) $(FLAGS) $$^ -o $$@

$(call objects,$(1),$(TESTS_$(1))): | doctest

-include $(patsubst %.o,%.d,$(call objects,$(1),$(SRC_$(1)) $(LESSON_SRC_$(1)) $(TESTS_$(1)) $(PROGRAMS_$(1))))
endef
$(eval $(call kind,float))
$(eval $(call kind,checking, -DHANDGRAD_CHECKING))

BASE_float := $(call objects,float,$(LESSON_SRC_float)) $(BUILD)/float/libhandgrad.a
BASE_checking := $(call objects,checking,$(LESSON_SRC_checking)) $(BUILD)/checking/libhandgrad.a
link = @$(CXX) $(FLAGS) $^ -o $@
$(BUILD)/float/minimal: $(BUILD)/float/lessons/lesson1/minimal.o $(BUILD)/float/libhandgrad.a
	$(link)
$(BUILD)/float/comparison: $(BUILD)/float/lessons/comparison/main.o $(BASE_float)
	$(link)
$(LESSONS:%=$(BUILD)/float/%): $(BUILD)/float/%: $(BUILD)/float/lessons/%/main.o $(BASE_float)
	$(link)
# dlopen is in a library of its own where the C library is old.
$(BUILD)/float/bench: $(call objects,float,$(BENCH)) $(BASE_float)
	@$(CXX) $(FLAGS) $^ -o $@ -ldl
$(BUILD)/checking/check-grad: $(BUILD)/checking/lessons/check_grad.o $(BASE_checking)
	$(link)
$(EXERCISES:%=$(BUILD)/checking/%-exercise): $(BUILD)/checking/%-exercise: $(BUILD)/checking/lessons/%/exercise.o $(BASE_checking)
	$(link)
$(EXERCISES:%=$(BUILD)/checking/%-answer): $(BUILD)/checking/%-answer: $(BUILD)/checking/lessons/%/answer.o $(BASE_checking)
	$(link)

$(FUZZ_TARGETS:%=$(BUILD)/float/fuzz-%): $(BUILD)/float/fuzz-%: tests/fuzz/libfuzzer.cpp $(BUILD)/float/tests/fuzz/%.o $(BASE_float)
	@$(CXX) $(FLAGS) -fsanitize=fuzzer -DFUZZ_TARGET=fuzz_$* $^ -o $@

.PHONY: doctest
doctest:
	@echo '#include <doctest/doctest.h>' | $(CXX) $(FLAGS) -E -x c++ - >/dev/null 2>&1 || $(MAKE) install-deps

# A line for each lesson that has a check, for check_grad.cpp; changes when they do.
LESSON_LINES = $(foreach lesson,$(patsubst lessons/%/check.cpp,%,$(wildcard lessons/lesson*/check.cpp)),LESSON($(lesson))\n)
$(BUILD)/lessons.inc: always
	@mkdir -p $(@D)
	@printf '$(subst \n ,\n,$(LESSON_LINES))' | cmp -s - $@ || printf '$(subst \n ,\n,$(LESSON_LINES))' >$@
$(BUILD)/checking/lessons/check_grad.o: $(BUILD)/lessons.inc

# Changes when the flags do, and then everything is built again.
.PHONY: always
$(BUILD)/flags: always
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@
