#!/bin/sh
# Runs each fuzzer for some minutes, keeping what it learnt in var/fuzz: tools/fuzz.sh MINUTES PROGRAM...
set -eu
cd "$(dirname "$0")/.."
minutes=$1
shift
[ "$minutes" -ge 1 ] || { # libFuzzer takes 0 for "for ever"
    echo "fuzz: MINUTES= must be 1 at least" >&2
    exit 2
}
for program; do
    corpus=var/fuzz/$(basename "$program")
    mkdir -p "$corpus"
    echo "$program: $minutes min"
    "$program" -max_total_time=$((minutes * 60)) -timeout=5 -rss_limit_mb=1024 -print_final_stats=0 \
        -verbosity=0 -artifact_prefix="$corpus/crash-" "$corpus"
done
