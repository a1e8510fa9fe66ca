#!/bin/sh
# Written by Varve. PostgreSQL runs it for each WAL segment: archive-wal PATH NAME FOLDER
# It succeeds only when the segment is on disk in FOLDER/wal, and never writes over another one.
set -eu
target="$3/wal/$2.gz"
draft="$3/wal/$2.new"
if [ -e "$target" ]; then
  gzip -dc "$target" | cmp -s - "$1" && exit 0
  echo "archive-wal: $target is there already and holds something else" >&2
  exit 1
fi
gzip -1 -n -c "$1" >"$draft"
sync "$draft"
mv "$draft" "$target"
sync "$3/wal"
