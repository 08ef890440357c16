#!/usr/bin/env bash
# Fetches the page's libraries from npm and writes the files that ship: src/marsad/serve/static/vendor/.
# Takes that folder. Needs npm and node at this time only; users of the package need neither.
# MapLibre comes as it is published; Vega, Vega-Lite and TopoJSON are each made one module by esbuild, unchanged otherwise.
# Writes README.md with version, licence and SHA-256 of each file, and each library's licence beside it.
set -euo pipefail
out="$(mkdir -p "${1:?name the folder for the files}" && cd "$1" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund \
  maplibre-gl@6.17.0 vega@6.4.0 vega-lite@6.5.0 vega-interpreter@2.3.2 topojson-client@3.1.0 esbuild@0.28.2

cat > vega.js <<'JS'
export { parse, View } from "vega";
export { compile } from "vega-lite";
export { expressionInterpreter } from "vega-interpreter";
JS
echo 'export { feature } from "topojson-client";' > topojson.js
for name in vega topojson; do
  npx esbuild "$name.js" --bundle --minify --format=esm --target=es2022 --log-level=warning --outfile="$out/$name.mjs"
done
for name in maplibre-gl maplibre-gl-worker; do
  # The map of the source is not shipped: the browser should not ask for it.
  sed '/^\/\/# sourceMappingURL=/d' "node_modules/maplibre-gl/dist/$name.mjs" > "$out/$name.mjs"
done

cp node_modules/maplibre-gl/dist/maplibre-gl.css "$out/"
cp node_modules/maplibre-gl/LICENSE.txt "$out/maplibre-gl.LICENSE.txt"
cp node_modules/topojson-client/LICENSE "$out/topojson.LICENSE.txt"
{
  for package in node_modules/vega node_modules/vega-lite node_modules/vega-*/ node_modules/d3-*/ node_modules/internmap; do
    [ -f "$package/LICENSE" ] || continue
    echo "== $(node -p "const p = require('./$package/package.json'); p.name + ' ' + p.version + ' (' + p.license + ')'")"
    cat "$package/LICENSE"
    echo
  done
} > "$out/vega.LICENSE.txt"

version() { node -p "require('./node_modules/$1/package.json').version"; }
licence() { node -p "require('./node_modules/$1/package.json').license"; }
{
  echo "Libraries of others, made by \`scripts/vendor_page.sh\`; nothing here is written by hand."
  echo
  echo "| file | library | version | licence | SHA-256 |"
  echo "|---|---|---|---|---|"
  for pair in maplibre-gl.css:maplibre-gl maplibre-gl.mjs:maplibre-gl maplibre-gl-worker.mjs:maplibre-gl vega.mjs:vega topojson.mjs:topojson-client; do
    file="${pair%%:*}" name="${pair##*:}" told="$(version "${pair##*:}")"
    [ "$name" = vega ] && told="$told, with vega-lite $(version vega-lite) and vega-interpreter $(version vega-interpreter)"
    echo "| $file | $name | $told | $(licence "$name"), in ${file%%.*}.LICENSE.txt | $(sha256sum "$out/$file" | cut -d' ' -f1) |"
  done
} | sed 's/maplibre-gl-worker.LICENSE/maplibre-gl.LICENSE/' > "$out/README.md"
