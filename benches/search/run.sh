#!/usr/bin/env bash
# Index, queries and Pagefind for one archive, in one run.
#   run.sh MINUTEBOOK SITE WORK [PAGEFIND]
# MINUTEBOOK: the program, built for release; SITE: a site folder; WORK: a new
# folder, best on a disk in memory; PAGEFIND: the program, to compare with.
set -euo pipefail
program="$1" site="$2" work="$3" pagefind="${4:-}"
here="$(cd "$(dirname "$0")" && pwd)"
mkdir "$work"
one() { # name command...
  local name="$1"; shift
  /usr/bin/time -o "$work/$name.time" -f '%U %S %e %M' "$@" > "$work/$name.log" 2>&1 || { cat "$work/$name.log"; exit 1; }
  awk -v name="$name" '{ printf "%-16s %7.1f s CPU %7.1f s wall %7.0f MiB\n", name, $1 + $2, $3, $4 / 1024 }' "$work/$name.time"
}
for search in false true; do
  mkdir -p "$work/$search"
  cp -r "$site/content" "$work/$search/"
  { grep -v '^search *=' "$site/site.toml" | sed '/^\[output\]/,$d'; printf '\n[output]\nsearch = %s\n' "$search"; } > "$work/$search/site.toml"
  one "search-$search" "$program" build --quiet --root "$work/$search" --output "$work/$search/public"
  [ "$search" = true ] || rm -rf "$work/false/public"
done
node "$here/measure.mjs" "$work/true/public" --queries "$work/queries.json" --json "$work/ours.json"
if [ -n "$pagefind" ]; then
  # The pages of meetings only, each a hit, as its own measurements take them.
  mkdir "$work/meetings"
  (cd "$work/true/public" && find meetings -mindepth 3 -maxdepth 3 -name index.html -exec cp --parents -t "$work/meetings" {} +)
  one pagefind "$pagefind" --site "$work/meetings" --output-path "$work/bundle"
  echo "pagefind: $(du -sb "$work/bundle" | cut -f1) bytes in $(find "$work/bundle" -type f | wc -l) files"
  node "$here/pagefind.mjs" "$work/bundle" "$work/queries.json"
fi
