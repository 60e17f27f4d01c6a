#!/bin/sh
# Makes d3.min.js, LICENSE and VERSIONS anew from package-lock.json: the same lock gives the same bytes.
# Needs node and npm, and the network for npm; run it as `make vendor`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/entry.js" "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --silent
npx --no-install esbuild entry.js --bundle --minify --format=iife --global-name=d3 --target=es2022 --legal-comments=none \
    --metafile=meta.json --outfile=d3.min.js --log-level=warning
node - >LICENSE <<'SCRIPT'
// The licence of every package that stands in the bundle, each with its name and version.
const fs = require("fs");
const inputs = Object.keys(JSON.parse(fs.readFileSync("meta.json")).inputs);
const packages = [...new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean))];
for (const name of packages.sort()) {
  const { version, license } = JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`));
  console.log(`${name} ${version} (${license})\n`);
  console.log(fs.readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim() + "\n\n");
}
SCRIPT
{
    echo "# file, sha256; then the packages in the bundle. Written by build.sh."
    for file in d3.min.js LICENSE; do
        echo "$file $(sha256sum "$file" | cut -d' ' -f1)"
    done
    grep -E '^[@a-z].* [0-9.]+ \(' LICENSE
} >VERSIONS
cp d3.min.js LICENSE VERSIONS "$here"
