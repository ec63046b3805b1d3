#!/bin/sh
# make test-handouts: runs every command of README.md and of the lessons' handouts in a copy of the sources, in their
# order, with the edits that they propose. It looks up the figures beside them in what was printed.
#
#   sh tests/handouts/run.sh                              all of them
#   sh tests/handouts/run.sh lessons/lesson1/README.md    one of them
#
# What it makes of a handout:
# - A block of sh is run, and so is code in the text that begins with make, awk, cut, diff, grep, head, paste, sed or
#   tail; ARGS="…" alone belongs to the lesson. RUN stands for every run; so does a run's name where the text says "the
#   same".
# - A block without a language, straight below such a command: its lines must be printed, in their order; … is anything.
# - Figures (0.1653, 6.2e-08, 36 of 50) in a paragraph with commands, straight below a block of sh, or in a table
#   below either, must be printed, or round to what is printed, here or earlier in the handout. What stands in $…$ is computed
#   or given, and not looked up; nor are powers of ten, which are bounds.
# - A block of diff is an edit. The commands of the section's first paragraph and those up to the next edit or heading
#   are run without it and with it; the figures up to there must be among what either printed. Then it is undone.
# Not run: git, and what takes long and is run by itself (make test, make bench, make pictures, make clean).

cd "$(dirname "$0")/../.." || exit
work=build/handouts
tree=$work/tree
rm -rf "$work"
mkdir -p "$tree" "$work/pieces"
cp -Rp Makefile README.md data lessons src tests "$tree" || exit
for compiled in build/*/flags; do
  [ -f "$compiled" ] && mkdir -p "$tree/build" && cp -Rp "${compiled%/flags}" "$tree/build"
done
work=$PWD/$work
tree=$PWD/$tree
wanted=$*
if [ $# -eq 0 ]; then set -- README.md lessons/lesson*/README.md; fi
wrong=0 commands=0 edits=0 outputs=0 figures=0

# ---- A handout in pieces: heading, paragraph, table, sh, diff, or block without a language --------------------------

# One file a piece in $work/pieces; a line "NUMBER KIND LINE" each.
cut_up() {
  awk -v folder="$work/pieces" '
    function begin(k) { kind = k; file = sprintf("%s/%03d", folder, ++count); printf "" >file; print count, k, NR }
    function end() { if (kind != "") close(file); kind = "" }
    {
      line = $0
      sub(/^ */, "", line)
      if (line ~ /^```/) {
        end()
        fenced = !fenced
        if (fenced) {
          indent = length($0) - length(line)
          language = substr(line, 4)
          begin(language == "" ? "output" : language == "sh" || language == "diff" ? language : "other")
        }
      } else if (fenced) {
        print substr($0, indent + 1) >file
      } else if (line == "") {
        end()
      } else {
        wanted = line ~ /^#/ ? "heading" : line ~ /^\|/ ? "table" : "paragraph"
        if (kind != wanted) { end(); begin(wanted) }
        print line >file
      }
    }' "$1"
}

# The commands in a piece of text, one a line.
commands_in() {
  tr '\n' ' ' <"$1" | awk -v lesson="$lesson" '{
    n = split($0, part, "`")
    for (k = 2; k <= n; k += 2) {
      if (part[k] ~ /^ARGS="/ && lesson != "") part[k] = "make run-" lesson " " part[k]
      if (part[k] !~ /^(make|awk|cut|diff|grep|head|paste|sed|tail) /) continue
      if (part[k] ~ /lessonN|NAME/ || part[k] ~ /^make (test|bench|pictures|clean|install|tidy|fuzz|help$)/) continue
      gsub(/\\\|/, "|", part[k])
      print part[k]
    }
  }'
}

# ---- Running and looking up -----------------------------------------------------------------------------------------

complain() {
  wrong=$((wrong + 1))
  echo "$handout:$1: $2"
}

# run LINE COMMAND: its text and what it prints are added to $work/printed. What builds is not judged by its exit status
# while an edit is in place; an exercise has things left to do.
run() {
  commands=$((commands + 1))
  printf '$ %s\n' "$2" >>"$work/printed"
  # A lesson as the lecture has it prints and writes the same every time: once is enough.
  once=
  case "$edited $2" in " make run-lesson"?) once=$work/${2#make } ;; esac
  if [ -n "$once" ] && [ -f "$once" ]; then
    cp "$once" "$work/last"
    status=0
  else
    (cd "$tree" && eval "$2") >"$work/last" 2>&1 </dev/null
    status=$?
    if [ -n "$once" ]; then cp "$work/last" "$once"; fi
  fi
  cat "$work/last" >>"$work/printed"
  case $2 in *"make exercise"* | *"make grade"* | *grep* | *diff*) status=0 ;; esac
  if [ -n "$edited" ]; then status=0; fi
  if [ "$status" -ne 0 ]; then complain "$1" "exit status $status of: $2: $(tail -n 1 "$work/last")"; fi
  if grep -q ' error: ' "$work/last"; then complain "$1" "does not compile: $(grep -m 1 ' error: ' "$work/last")"; fi
}

# run_all LINE PIECE: the commands of a piece of text.
run_all() {
  commands_in "$2" >"$work/commands"
  while IFS= read -r command <&3; do
    run_of=$(printf '%s\n' "$command" | sed -n 's|.*out/\([a-z0-9-]*\)/\([A-Za-z0-9_]*\)\.[a-z]*\.csv.*|\1/\2|p')
    case $run_of in
      */*)
        name=${run_of#*/}
        if [ "$name" = RUN ] || grep -Eq 'the same|likewise' "$2"; then
          for history in "$tree/out/${run_of%/*}"/*.history.csv; do
            other=$(basename "$history" .history.csv)
            run "$1" "$(printf '%s\n' "$command" | sed "s|/$name\.|/$other.|g")"
          done
          continue
        fi
        ;;
    esac
    run "$1" "$command"
  done 3<"$work/commands"
}

# Which figures of a piece are not printed.
look_up() {
  tr '\n' ' ' <"$2" | sed 's/`[^`]*`/ /g; s/\$[^$]*\$/ /g' | awk -v printed="$work/printed" -v known="$work/known" \
    -v counted="$work/counted" '
    function size(x) { return x < 0 ? -x : x }
    {
      while (match($0, /[0-9]+ of 50|[0-9]+\.[0-9]+(e[-+]?[0-9]+)?|[0-9]+e-[0-9]+/)) {
        if (substr($0, RSTART, RLENGTH) !~ /^(0\.0*1|1e-[0-9]+)$/) figure[++count] = substr($0, RSTART, RLENGTH)
        $0 = substr($0, RSTART + RLENGTH)
      }
    }
    END {
      while ((getline line <printed) > 0) {
        for (k = 1; k <= count; ++k) {
          if (figure[k] ~ / of /) { if (index(" " line, " " figure[k])) found[k] = 1; continue }
        }
        n = split(line, number, /[^-+.0-9e]+/)
        for (i = 1; i <= n; ++i) {
          if (number[i] !~ /^[-+]?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?$/) continue
          for (k = 1; k <= count; ++k) {
            if (k in found || figure[k] ~ / of /) continue
            mantissa = figure[k]
            sub(/e.*/, "", mantissa)
            digits = index(mantissa, ".") ? length(mantissa) - index(mantissa, ".") : 0
            if (figure[k] ~ /e/) {
              if (sprintf("%." digits "e", size(number[i])) == figure[k]) found[k] = 1
            } else {
              if (sprintf("%." digits "f", size(number[i])) == figure[k]) found[k] = 1
            }
          }
        }
      }
      while ((getline line <known) > 0) {
        for (k = 1; k <= count; ++k) if (line == figure[k]) found[k] = 1
      }
      close(known)
      print count + 0 >counted
      for (k = 1; k <= count; ++k) {
        if (k in found) print figure[k] >>known
        else printf "%s ", figure[k]
      }
    }' >"$work/missing"
  figures=$((figures + $(cat "$work/counted")))
  if [ -s "$work/missing" ]; then complain "$1" "not printed: $(cat "$work/missing")"; fi
}

# Which line of a block is not printed below those before it.
compare() {
  outputs=$((outputs + 1))
  awk -v printed="$work/printed" '
    # Whether the line is the pattern, in which … is anything.
    function fits(line, pattern,   part, n, k, at) {
      n = split(pattern, part, "…")
      if (n <= 1) return line == pattern
      for (k = 1; k <= n; ++k) {
        at = index(line, part[k])
        if (part[k] != "" && (at == 0 || (k == 1 && at != 1))) return 0
        if (part[k] != "") line = substr(line, at + length(part[k]))
      }
      return part[n] == "" || line == ""
    }
    $0 != "" && $0 != "…" {
      while ((more = (getline line <printed)) > 0 && !fits(line, $0)) {}
      if (more <= 0) { print; exit }
    }' "$2" >"$work/missing"
  if [ -s "$work/missing" ]; then complain "$1" "not printed, or not in this order: $(cat "$work/missing")"; fi
}

# ---- Edits ----------------------------------------------------------------------------------------------------------

# edit LINE DIFF: finds the file in which the old lines stand one below the other, and puts the new lines in their place.
# If there are several, it is the one that the text before or the block names.
edit() {
  edits=$((edits + 1))
  edited=
  for file in $(cd "$tree" && echo src/*/*.cpp lessons/lesson*/*.cpp); do
    awk -v diff="$2" '
      BEGIN {
        while ((getline line <diff) > 0) {
          if (line !~ /^\+/) old[++olds] = substr(line, 2)
          if (line !~ /^-/) new[++news] = substr(line, 2)
        }
      }
      { text[NR] = $0 }
      END {
        for (at = 1; at <= NR && !hit; ++at) {
          for (k = 1; k <= olds && text[at + k - 1] == old[k]; ++k) {}
          if (k > olds) hit = at
        }
        if (!hit) exit 1
        for (k = 1; k < hit; ++k) print text[k]
        for (k = 1; k <= news; ++k) print new[k]
        for (k = hit + olds; k <= NR; ++k) print text[k]
      }' "$tree/$file" >"$work/edited" || continue
    if [ -z "$edited" ] || printf '%s\n' "$context" | grep -q "$(basename "$file")"; then
      edited=$file
      cp "$work/edited" "$work/chosen"
    fi
  done
  if [ -z "$edited" ]; then
    complain "$1" "no source has the lines of this edit"
    return
  fi
  cp "$tree/$edited" "$work/original"
  cp "$work/chosen" "$tree/$edited"
}

undo() {
  if [ -n "$edited" ]; then cp "$work/original" "$tree/$edited"; fi
  edited=
  rm -rf "$tree/out"
  cp -Rp "$work/out" "$tree/out"
}

# ---- One handout ----------------------------------------------------------------------------------------------------

# try_edit NUMBER LINE: the edit of that piece, and the pieces behind it up to the next edit or heading.
try_edit() {
  : >"$work/printed"
  rm -rf "$work/out"
  mkdir -p "$tree/out"
  cp -Rp "$tree/out" "$work/out"
  awk -v first="$1" '$1 > first && ($2 == "diff" || $2 == "heading") { exit } $1 > first' "$work/index" >"$work/behind"
  for pass in without with; do
    if [ "$pass" = with ]; then edit "$2" "$(piece "$1")"; fi
    if [ -n "$intro" ]; then run_all "$2" "$intro"; fi
    while read -r number kind line <&4; do
      case $kind in paragraph | table) run_all "$line" "$(piece "$number")" ;; esac
    done 4<"$work/behind"
  done
  while read -r number kind line <&4; do
    case $kind in
      paragraph | table) look_up "$line" "$(piece "$number")" ;;
      output) compare "$line" "$(piece "$number")" ;;
    esac
  done 4<"$work/behind"
  undo
}

piece() {
  printf '%s/pieces/%03d' "$work" "$1"
}

check_handout() {
  handout=$1
  lesson=$(printf '%s\n' "$handout" | sed -n 's|.*lessons/\(lesson[0-9]*\)/.*|\1|p')
  echo "$handout"
  rm -f "$work"/pieces/*
  : >"$work/known"
  cut_up "$handout" >"$work/index"
  intro= edited= context= in_edit= below=
  while read -r number kind line <&5; do
    text=$(piece "$number")
    case $kind in
      heading) intro= context= in_edit= below= ;;
      sh)
        : >"$work/printed"
        grep -Ev '^(git|make test)' "$text" >"$work/script"
        if grep -qv '^make ' "$work/script"; then
          run "$line" ". '$work/script'"
        else
          sed 's/ *#.*//' "$work/script" >"$work/commands"
          while IFS= read -r command <&3; do run "$line" "$command"; done 3<"$work/commands"
        fi
        below=sh
        ;;
      diff)
        try_edit "$number" "$line"
        in_edit=yes
        ;;
      paragraph | table)
        context="$context $(cat "$text")"
        if [ -n "$in_edit" ]; then continue; fi
        if [ -n "$(commands_in "$text")" ]; then
          if [ "$below" != sh ]; then : >"$work/printed"; fi
          if [ "$kind" = paragraph ] && [ -z "$intro" ]; then intro=$text; fi
          run_all "$line" "$text"
          look_up "$line" "$text"
          below=text
        elif [ "$below" = sh ] || { [ "$kind" = table ] && [ -n "$below" ]; }; then
          look_up "$line" "$text"
          below=
        else
          case $(cat "$text") in '!['*) ;; *) below= ;; esac
        fi
        ;;
      output)
        if [ -z "$in_edit" ] && [ -n "$below" ]; then compare "$line" "$text"; fi
        ;;
    esac
  done 5<"$work/index"
}

for path in "$@"; do check_handout "$path"; done

# A new lesson is found by all that works on lessons: a copy of the first one (handouts/new_lesson_test.cpp asks more).
if [ -z "$wanted" ]; then
  copy=$tree/lessons/lesson0
  cp -R "$tree/lessons/lesson1" "$copy"
  rm "$copy/minimal.cpp"
  for file in "$copy"/*.cpp "$copy"/*.h; do
    sed 's/lesson1/lesson0/g' "$file" >"$work/edited" && cp "$work/edited" "$file"
  done
  sed 's/-lesson1/-lesson0/g; s|out/lesson1|out/lesson0|g' "$copy/README.md" >"$work/edited"
  cp "$work/edited" "$copy/README.md"
  check_handout "$copy/README.md"
  (cd "$tree" && make -s grade) >"$work/last" 2>&1
  grep -q '^lesson0 ' "$work/last" || complain 1 "make grade does not grade it"
fi

echo "$commands commands run, $edits edits made, $outputs outputs and $figures figures held against what was printed:"
echo "$wrong places do not agree"
[ "$wrong" -eq 0 ]
