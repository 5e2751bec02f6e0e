#!/bin/sh
# Serves the demonstration of var/demo, made first where there is none: tools/run.sh PORT
set -eu
cd "$(dirname "$0")/.."
if [ ! -e var/demo ]; then
    rm -rf var/demo.new
    mkdir -p var
    build/beffroi demo --data var/demo.new >/dev/null
    mv var/demo.new var/demo
fi
echo
cat var/demo/demo.txt
echo
echo "Le Club est à http://127.0.0.1:$1 (Ctrl-C l'arrête)."
exec build/beffroi serve --data var/demo --listen "127.0.0.1:$1"
