# handgrad: one lecture on vanishing gradients, in C++17 by hand. `make` says how to begin, `make help` lists the rest.
#
#   make run-lesson1 ARGS="--epochs 20 --lr 0.01"
#   make test CXX=clang++

ifeq ($(wildcard src/program/jobs.sh),)
$(error not at the root of the project: use make -C $(dir $(lastword $(MAKEFILE_LIST))))
endif

.DEFAULT_GOAL := begin
.SUFFIXES:
MAKEFLAGS += -r --no-print-directory

# All processors, unless somebody has said how many.
JOBS := $(shell sh src/program/jobs.sh $(MAKE_VERSION))
ifneq ($(word 2,$(if $(JOBS),$(MAKECMDGOALS))),)
# Goals that are typed together are made in their order, each on all processors.
.PHONY: $(MAKECMDGOALS)
.NOTPARALLEL:
$(MAKECMDGOALS):
	@$(MAKE) $@
else
MAKEFLAGS += $(JOBS)

# ---- How to compile -------------------------------------------------------------------------------------------------

# What the compiler accepts of these options.
accepts = $(shell for option in $(1); do \
                    echo | $(CXX) -Werror $$option -E -x c++ - >/dev/null 2>&1 && echo $$option; done)
ACCEPTED := $(call accepts,-march=native -mprefer-vector-width=512 -fno-version-loops-for-strides \
                           --param=max-completely-peel-times=2)

# CXXFLAGS="-O2" on the command line takes the place of these. The machine's own instructions, where the compiler knows
# that word.
CXXFLAGS = $(if $(SANITIZE),-O1,-O3) $(filter -march=native,$(ACCEPTED))
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)
# Under these NaN and infinity need not be noticed, and a sum may have another order.
UNSAFE := -Ofast -ffast-math -ffinite-math-only -funsafe-math-optimizations -fassociative-math -freciprocal-math

# Without contraction a * b + c is rounded twice, as it is written, by every compiler and on every processor: the
# initial weights agree with the lecture's to the last bit. Only src/matrix, where the speed lives, lets the compiler
# fuse the two.
# No function has to leave its errors in errno, and no operation its exceptions in a flag, where nobody looks: so loops
# with a square root or a choice can be vectorised.
FLAGS = -std=c++17 -I. -I$(BUILD) $(WARNINGS) $(filter-out $(UNSAFE),$(CXXFLAGS:-Ofast=-O3)) \
        -ffp-contract=off -fno-math-errno -fno-trapping-math $(SANITIZE_FLAGS)

# src/matrix alone: what its loops want of a compiler that knows the option. clang++ would use half of a 64-byte
# register, and g++ would keep a second version of each loop for neighbouring rows, whose addresses take the tile's
# registers; nor need it say that a vector wider than the processor's is handed over in another way than with AVX: it
# stays in here.
MATRIX_FLAGS := -ffp-contract=fast -Wno-psabi $(filter -mprefer% -fno-version%,$(ACCEPTED))

# src/layers, and its passes in one expression: rows of ten numbers are one vector and a rest. clang++ would prepare loops
# for four vectors at once, which such a row never fills, and take it number by number; g++ would write a loop of eight
# out, number by number, before it looks for vectors.
LAYER_FLAGS := -fno-unroll-loops $(filter --param%,$(ACCEPTED))

# The minutes of a training are spent in these. What runs once is compiled sooner with less optimization, and the tests
# with none, but those of src/matrix, which calculate much.
FAST := src/matrix/% src/layers/% lessons/%/fused.cpp src/training/adam.cpp src/training/sgd.cpp tests/bench/%
class = $(if $(filter $(FAST),$(1)),fast,$(if $(findstring tests/,$(subst tests/matrix/,,$(1))),tests,once))
FLAGS_once = $(if $(filter file,$(origin CXXFLAGS)),-O1)
FLAGS_tests = -O0
OWN_FLAGS = $(FLAGS_$(call class,$<)) $(if $(filter src/matrix/% tests/bench/%,$<),$(MATRIX_FLAGS)) \
            $(if $(filter src/layers/% lessons/%/fused.cpp,$<),$(LAYER_FLAGS)) \
            $(if $(filter tests/bench/eigen.cpp tests/bench/libxsmm.cpp,$<),-w)

# Half of a compiler's time goes by in the headers of the standard library. It reads them once a class and keeps what it
# read; not <cmath>, since math.h has a gamma and a nan of its own. PRECOMPILE= does without: so clang-tidy reads src and
# lessons, and tells of a header that a file should have included.
PRECOMPILE ?= yes
# doctest's own code is compiled in tests/main.cpp, which must read the header itself.
PRECOMPILED = $(addprefix $(BUILD)/,$(if $(filter-out tests/main.cpp,$(PRECOMPILE:%=$(1))),$(filter once tests,$(call class,$(1)))))
HEADERS := algorithm cstddef cstdio functional memory optional stdexcept string vector
HEADERS_tests := doctest/doctest.h tests/show.h

# SANITIZE=address,undefined builds programs that stop with a report at the first such error.
SANITIZE_FLAGS = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -g \
                     -DHANDGRAD_SANITIZED)

# A folder for each compiler, each set of sanitizers and each CXXFLAGS; below it, `float` is what the lessons run and
# `checking` the same sources with double.
comma := ,
BUILD := build/$(notdir $(lastword $(CXX)))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if \
           $(filter command,$(firstword $(origin CXXFLAGS))),$(shell echo '$(CXXFLAGS)' | tr -d ' \n' | tr -c 'a-zA-Z0-9=+.-' _))

# ---- What there is --------------------------------------------------------------------------------------------------

# The folders lessons/lessonN that hold this file; lesson10 stands behind lesson9.
having = $(strip $(foreach number,? ??,$(patsubst lessons/%/$(1),%,$(sort $(wildcard lessons/lesson$(number)/$(1))))))
LESSONS := $(call having,main.cpp)
EXERCISES := $(call having,exercise.cpp)
CHECKED := $(call having,check.cpp)

# What reads from outside, each with a function in tests/fuzz that judges it.
FUZZ_TARGETS := iris split params history options

# Derivatives are judged in double, all else in float, the matrix routines in both.
TESTS_checking := $(wildcard tests/matrix/*.cpp tests/layers/*.cpp tests/checking/*.cpp tests/program/exercise_test.cpp \
                            tests/training/lost_gradient_test.cpp)
# With TESTS_lessons= the suite is built without the tests that start programs.
TESTS_lessons := $(wildcard tests/lessons/*.cpp tests/handouts/*.cpp) $(filter-out %/exercise_test.cpp,$(wildcard tests/program/*_test.cpp))
TESTS_float := $(wildcard tests/*.cpp tests/matrix/*.cpp tests/io/*.cpp tests/data/*.cpp tests/training/*.cpp tests/report/*.cpp) \
               $(TESTS_lessons) $(FUZZ_TARGETS:%=tests/fuzz/%.cpp) tests/fuzz/replay_test.cpp

# Every program and the sources that it begins with, PROGRAM:FILE.cpp. What else it is linked from, their #include lines
# say: see src/program/sources.awk. What judges gradients is linked as a whole.
CHECKING := checking/check-grad checking/test-suite $(EXERCISES:%=checking/exercise-%) $(EXERCISES:%=checking/answer-%)
ROOTS := $(foreach lesson,$(LESSONS),float/$(lesson):lessons/$(lesson)/main.cpp) \
  float/comparison:lessons/comparison/main.cpp float/minimal:lessons/lesson1/minimal.cpp \
  $(patsubst %,float/bench:%,$(wildcard tests/bench/*.cpp)) $(TESTS_float:%=float/test-suite:%) \
  $(foreach target,$(FUZZ_TARGETS),float/fuzz-$(target):tests/fuzz/$(target).cpp) \
  $(foreach program,$(CHECKING),$(patsubst %,$(program):%,$(wildcard src/checking/*.cpp))) \
  checking/check-grad:lessons/check_grad.cpp $(CHECKED:%=checking/check-grad:lessons/%/check.cpp) \
  $(TESTS_checking:%=checking/test-suite:%) \
  $(foreach lesson,$(EXERCISES),$(foreach kind,exercise answer,checking/$(kind)-$(lesson):lessons/$(lesson)/$(kind).cpp))
# The tests of a folder are one unit for the compiler, which then reads headers and makes templates once; so is what
# nobody edits between two runs of a lesson.
UNITS := $(patsubst %,checking:%,$(filter %_test.cpp,$(TESTS_checking))) $(patsubst %,float:%,$(filter %_test.cpp,$(TESTS_float)) \
  $(filter-out %/exercise.cpp %/adam.cpp %/sgd.cpp,$(wildcard src/program/*.cpp src/report/*.cpp src/training/*.cpp)))
SOURCES := $(shell awk -f src/program/sources.awk $(UNITS) $(ROOTS))
PROGRAMS := $(sort $(foreach root,$(ROOTS),$(firstword $(subst :, ,$(root)))))
FUZZERS := $(FUZZ_TARGETS:%=$(BUILD)/float/fuzz-%)
EVERYTHING := $(filter-out $(FUZZERS),$(PROGRAMS:%=$(BUILD)/%))

# ---- What a person types --------------------------------------------------------------------------------------------

.PHONY: begin help
begin:
	@echo 'Begin with lessons/lesson1/README.md, and these commands:'
	@echo '  make run-lesson1         a network learns, a deeper one does not; then open out/lesson1/index.html'
	@echo '  make minimal             the first lesson on one page, lessons/lesson1/minimal.cpp'
	@echo '  make check-grad          after an edit of src/layers/relu.cpp: is each gradient still the derivative?'
	@echo '  make exercise-lesson1    judges what you write in lessons/lesson1/exercise.cpp'
	@echo '  make test                runs all tests'
	@echo '`make help` lists all there is.'

# The lines that begin with ##, here and below.
help:
	@sed -n -e 's/LESSONS/$(LESSONS)/' -e 's/EXERCISES/$(EXERCISES)/' -e 's/^## //p' Makefile

## For who learns:
##   make run-lessonN         run lesson N; there are: LESSONS
##        ... ARGS="--help"   list its options
##   make run-lessons         run all lessons, one after the other
.PHONY: $(LESSONS:%=run-%) run-lessons
$(LESSONS:%=run-%): run-%: $(BUILD)/float/%
	@$< $(ARGS)
run-lessons: $(LESSONS:%=$(BUILD)/float/%)
	@for lesson in $^; do $$lesson $(ARGS) || exit; done

##   make minimal             lesson 1 on one page, lessons/lesson1/minimal.cpp
##   make comparison          the gradients of four networks side by side, the picture of README.md
.PHONY: minimal comparison
minimal comparison: %: $(BUILD)/float/%
	@$<

##   make check-grad          hold every gradient against its central difference; LAYER="relu lesson3" for some
.PHONY: check-grad
check-grad: $(BUILD)/checking/check-grad
	@$< $(LAYER)

##   make exercise-lessonN    judge what you write in lessons/lessonN/exercise.cpp; there are: EXERCISES
##   make answer-lessonN      run its answer
.PHONY: $(EXERCISES:%=exercise-%) $(EXERCISES:%=answer-%)
$(EXERCISES:%=exercise-%) $(EXERCISES:%=answer-%): %: $(BUILD)/checking/%
	@$< $(ARGS)

## For who teaches:
##   make grade               run all exercises, print one table and write out/grade.csv
##   make all                 build everything, run nothing
##   make test                run the tests; finds doctest or installs it
##   make install-deps        install doctest with the package manager of the system
##   make clean               remove all that was built or written: build/ and out/
.PHONY: grade all test install-deps clean
grade:
	@MAKE='$(MAKE)' BUILD='$(BUILD)' sh src/program/grade.sh $(EXERCISES)
all: $(EVERYTHING)
test: $(filter-out %/bench,$(EVERYTHING))
	@sh tests/run.sh $(BUILD)
install-deps:
	@sh tests/install_deps.sh
clean:
	rm -rf build out

## For who works on it:
##   make pictures            run all lessons and put their pictures into the handouts
##   make bench               the speed, beside other libraries where installed; PART="gemm" for one of: gemm ladder
##                            vector layers train fused scale
##   make test-mutants        break every statement in turn and count what check-grad or the tests catch; takes long
##   make test-repeatable     every lesson twice: the files must be the same
##   make test-handouts       every command of every handout, with the figures beside it; takes minutes
##   make test-memcheck       most tests under valgrind
##   make test-machines       the tests as other compilers and processors build them; MACHINES="aarch64" for some
.PHONY: pictures bench test-mutants test-repeatable test-handouts test-memcheck test-machines
pictures: comparison run-lessons
	@cp out/comparison.svg lessons/comparison/
	@for lesson in $(LESSONS); do cp out/$$lesson/*.svg lessons/$$lesson/; done
bench: $(BUILD)/float/bench
	@HANDGRAD_FLAGS='$(FLAGS)' $< $(PART)
test-mutants:
	@sh tests/mutants/run.sh backward && sh tests/mutants/run.sh forward
test-repeatable: $(LESSONS:%=$(BUILD)/float/%)
	@sh tests/repeatable.sh $^
test-handouts: $(BUILD)/float/test-suite
	@MAKEFLAGS= sh tests/handouts/run.sh
	@HANDGRAD_MUTANTS=1 HANDGRAD_PROGRAMS=$(BUILD)/float $< -sf='*new_layer_test*'
test-memcheck:
	@sh tests/memcheck.sh
test-machines:
	@sh tests/machines/run.sh $(MACHINES)

##   make fuzz                throw invented input at every reader, FUZZ_SECONDS=30 each; needs clang++
FUZZ_CXX = clang++
FUZZ_SECONDS = 30
.PHONY: fuzz fuzz-built
fuzz:
	@$(MAKE) fuzz-built CXX='$(FUZZ_CXX)' SANITIZE=fuzzer-no-link,address,undefined PRECOMPILE=
fuzz-built: $(FUZZERS)
	@sh tests/fuzz/run.sh $(FUZZ_SECONDS) $^

# What the lessons run is read with float; what judges it, and the lessons' own sources, with double.
# TIDY_FLAGS="-Xclang -analyzer-config -Xclang max-nodes=10000" follows fewer paths through each function.
##   make tidy                clang-tidy, which must find nothing
TIDY_float := $(filter-out src/checking/% src/program/exercise.cpp,$(wildcard src/*/*.cpp)) --
TIDY_checking := $(wildcard src/checking/*.cpp src/program/exercise.cpp) -- -DHANDGRAD_CHECKING
TIDY_lessons := $(wildcard lessons/*.cpp lessons/*/*.cpp) -- -DHANDGRAD_CHECKING
.PHONY: tidy tidy-float tidy-checking tidy-lessons
tidy: tidy-float tidy-checking tidy-lessons
tidy-float tidy-checking tidy-lessons: tidy-%: $(BUILD)/lessons.inc
	@sh tests/tidy.sh $(BUILD)/$@.log $(TIDY_$*) -std=c++17 -I. -I$(BUILD) $(TIDY_FLAGS)

## All processors are used; -j1 for one. V=1 shows the commands. Another compiler: CXX=clang++.
## Other flags: CXXFLAGS="-O2". Each compiler and each flags have a folder below build/.

# ---- How it is built ------------------------------------------------------------------------------------------------

# Stands in front of a command that compiles or links, behind it what is made: says how far the build is, but for make
# -s and V=1. (With -r above there always is a first word of MAKEFLAGS, the letters.)
step = $(if $(V),,@)$(if $(V)$(findstring s,$(firstword $(MAKEFLAGS))),,STEPS=$(BUILD)/steps.$$PPID MAKE='$(MAKE_COMMAND)' \
         GOALS='$(MAKECMDGOALS)' sh src/program/step.sh $(1))

define compile
	@mkdir -p $(@D)
	$(call step,$<) $(CXX) $(FLAGS) $(KIND_FLAGS) $(OWN_FLAGS) $(addprefix -include ,$(call PRECOMPILED,$<)) -MMD -MP -c $< -o $@
endef
$(BUILD)/checking/%: KIND_FLAGS = -DHANDGRAD_CHECKING
$(BUILD)/float/%.o: %.cpp $(BUILD)/flags; $(compile)
$(BUILD)/checking/%.o: %.cpp $(BUILD)/flags; $(compile)
$(BUILD)/%.o: $(BUILD)/%.cpp $(BUILD)/flags; $(compile)

define unit
$(BUILD)/$(subst :,/,$(1))unit.cpp: always
	$$(call write_changed,$(patsubst $(1)%,\0043include "$(lastword $(subst :, ,$(1)))%"\n,$(filter $(1)%,$(UNITS))))
endef
$(foreach folder,$(sort $(dir $(UNITS))),$(eval $(call unit,$(folder))))

$(foreach source,$(sort $(foreach word,$(SOURCES),$(lastword $(subst :, ,$(word))))),$(foreach header,$(call PRECOMPILED,$(source)),\
  $(eval $(source:%.cpp=$(BUILD)/float/%.o) $(source:%.cpp=$(BUILD)/checking/%.o): $(header).gch)))
$(BUILD)/tests.gch: tests/show.h
$(BUILD)/once.gch $(BUILD)/tests.gch: $(BUILD)/%.gch: $(BUILD)/flags
	@printf '#include <%s>\n' $(HEADERS) $(HEADERS_$*) >$(@:.gch=)
	$(call step,'the standard library') $(CXX) $(FLAGS) $(FLAGS_$*) -x c++-header $(@:.gch=) -o $@

objects = $(patsubst $(1):%.cpp,$(BUILD)/$(dir $(1))%.o,$(filter $(1):%,$(SOURCES)))
define program
$(BUILD)/$(1): $(call objects,$(1))
	$$(call step,$(1)) $$(CXX) $$(FLAGS) $$(filter %.o,$$^) -o $$@ $$(LIBRARIES)
endef
$(foreach name,$(PROGRAMS),$(eval $(call program,$(name))))

# doctest's own code is the same with float and with double.
$(BUILD)/checking/test-suite: $(BUILD)/float/tests/main.o

# dlopen is in a library of its own where the C library is old.
$(BUILD)/float/bench: LIBRARIES = $(if $(wildcard /usr/include/libxsmm.h),-lxsmm -lxsmmnoblas -lpthread) -ldl
$(FUZZERS): LIBRARIES = -fsanitize=fuzzer -DFUZZ_TARGET=$(subst -,_,$(@F)) tests/fuzz/libfuzzer.cpp

-include $(wildcard $(BUILD)/*/*/*.d $(BUILD)/*/*/*/*.d)

# The tests alone need a package.
$(filter $(BUILD)/%/tests/%,$(call objects,float/test-suite) $(call objects,checking/test-suite)) $(BUILD)/tests.gch: | doctest
.PHONY: doctest
doctest:
	@echo | $(CXX) $(FLAGS) -E -x c++ - >/dev/null
	@echo '#include <doctest/doctest.h>' | $(CXX) $(FLAGS) -E -x c++ - >/dev/null 2>&1 || $(MAKE) install-deps

# Written anew only when what it says has changed: then everything is built again. What the compiler predefines tells
# which processor -march=native meant.
.PHONY: always
write_changed = @mkdir -p $(@D); printf '%b\n' '$(1)' | cmp -s - $@ || printf '%b\n' '$(1)' >$@
$(BUILD)/flags: always
	$(call write_changed,$(filter-out -Werror,$(FLAGS)) $(MATRIX_FLAGS) $(PRECOMPILE) $(HEADERS) $(HEADERS_tests) $(shell $(CXX) --version | head -n 1; \
                  echo | $(CXX) $(CXXFLAGS) -dM -E -x c++ - 2>/dev/null | cksum))

# A line for each lesson that has a check, for check_grad.cpp.
$(BUILD)/lessons.inc: always
	$(call write_changed,$(patsubst %,LESSON(%)\n,$(CHECKED)))
$(BUILD)/checking/lessons/check_grad.o: $(BUILD)/lessons.inc

endif
