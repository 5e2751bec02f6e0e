#!/bin/sh
# The files that the program writes about itself:
#   tools/generated.sh write BINARY SCHEMA_DUMP    brings them up to date
#   tools/generated.sh check BINARY SCHEMA_DUMP    exit 1 and names those that are not
set -eu
cd "$(dirname "$0")/.."
mode=$1 binary=$2 schema_dump=$3
new=$(mktemp)
trap 'rm -f "$new"' EXIT
stale=0

take() { # take FILE COMMAND...: what COMMAND prints is what FILE should hold
    file=$1
    shift
    "$@" >"$new"
    if cmp -s "$new" "$file"; then
        return
    fi
    if [ "$mode" = write ]; then
        mkdir -p "$(dirname "$file")"
        cp "$new" "$file"
        chmod 644 "$file"
        echo "$file"
    else
        echo "$file is not what the program says: run make generate"
        stale=1
    fi
}

take schema/current.sql "$schema_dump"
take schema/openapi.json "$binary" describe openapi
take schema/asyncapi.json "$binary" describe asyncapi
take web/src/gen/protocol.ts "$binary" describe typescript
take docs/PROTOCOL.md "$binary" describe reference
exit $stale
