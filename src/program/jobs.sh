#!/bin/sh
# sh src/program/jobs.sh VERSION
#
# What a make of this version, which calls this, adds to its options so that it uses all processors: -j and their
# number, or nothing where somebody has said how many: the make above it, MAKEFLAGS or its own command line. From 4.2 on
# a -j on the command line is stronger than the Makefile's, before that it has to be looked up.
said=$MAKEFLAGS
case $1 in 3.* | 4.0* | 4.1*) said="$said $(ps -o args= -p $PPID)" ;; esac
for word in $said; do
  case $word in -j* | j | j[0-9]* | --jobs* | --jobserver*) exit ;; esac
done
echo "-j$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
