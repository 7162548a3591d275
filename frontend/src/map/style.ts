import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Colours } from './colours'
import type { Config } from './config'

/** Countries the atlas describes; all other land is a shade further back. Western Sahara is an area of its own. */
const FOCUS = ['MA', 'DZ', 'TN', 'LY', 'MR']
/** Links that are only wished for, or silent: drawn broken. */
const UNFIRM = ['sought', 'planned', 'announced', 'proposed', 'dormant', 'ended']
const FONT = ['Grappe Sans']
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

export interface Sources {
  areas: FeatureCollection
  limits: FeatureCollection
  unsettled: FeatureCollection
  coast: FeatureCollection
  names: FeatureCollection
  grouped: boolean
}

/** Meridians and parallels every ten degrees, the one ornament of the map. */
function graticule(): FeatureCollection {
  const lines: [number, number][][] = []
  for (let lon = -180; lon <= 180; lon += 10) lines.push([[lon, -80], [lon, 84]])
  for (let lat = -80; lat <= 80; lat += 10) lines.push([[-180, lat], [180, lat]])
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } }] }
}

/** Colour of a link by its level, from the style sheet or else from the page. */
export function levelColour(config: Config, colours: Colours): ExpressionSpecification | string {
  const pairs = Object.entries(config.levels).flatMap(([code, { color }]) => [code, colours(`--level-${code}`, color)])
  const rest = colours('--level-other')
  return pairs.length === 0 ? rest : (['match', ['get', 'level'], ...pairs, rest] as unknown as ExpressionSpecification)
}

/** The whole drawing for one state of the colours. */
export function styleOf(config: Config, colours: Colours, sources: Sources, lang: string): StyleSpecification {
  const geojson = (data: FeatureCollection, more: object = {}) => ({ type: 'geojson' as const, data, ...more })
  const halo = { 'text-halo-color': colours('--map-land'), 'text-halo-width': 1.4 }
  const symbol = {
    'icon-offset': ['get', 'offset'] as unknown as ExpressionSpecification,
    'icon-allow-overlap': true,
    // Placed before the names below them, which then make way.
    'icon-padding': 0,
  }
  const layers: LayerSpecification[] = [
    { id: 'sea', type: 'background', paint: { 'background-color': colours('--map-sea') } },
    { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': colours('--map-coast'), 'line-opacity': 0.28, 'line-width': 0.6 } },
    { id: 'land', type: 'fill', source: 'areas', paint: { 'fill-color': colours('--map-land'), 'fill-antialias': false } },
    { id: 'focus', type: 'fill', source: 'areas', filter: ['in', ['get', 'code'], ['literal', FOCUS]], paint: { 'fill-color': colours('--map-focus'), 'fill-antialias': false } },
    { id: 'unsettled-area', type: 'fill', source: 'areas', filter: ['==', ['get', 'code'], 'EH'], paint: { 'fill-color': colours('--map-unsettled'), 'fill-antialias': false } },
    { id: 'limits', type: 'line', source: 'limits', paint: { 'line-color': colours('--map-limit'), 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 6, 1.1] } },
    { id: 'unsettled', type: 'line', source: 'unsettled', paint: { 'line-color': colours('--map-limit'), 'line-width': 1.2, 'line-dasharray': [3, 2.4] } },
    { id: 'coast', type: 'line', source: 'coast', paint: { 'line-color': colours('--map-coast'), 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 6, 1.1] } },
    {
      id: 'names', type: 'symbol', source: 'names',
      filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 2, 4, 3, 5.5, 4]],
      layout: {
        'text-field': ['get', lang], 'text-font': FONT, 'text-max-width': 7, 'text-padding': 1,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10.5, 6, 14.5], 'text-letter-spacing': lang === 'ar' ? 0 : 0.12,
        ...(lang === 'ar' ? {} : { 'text-transform': 'uppercase' as const }),
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': colours('--map-label'), ...halo, 'text-halo-width': 1 },
    },
    {
      id: 'links', type: 'line', source: 'links', filter: ['!', ['in', ['get', 'status'], ['literal', UNFIRM]]], layout: { 'line-cap': 'round' },
      paint: { 'line-color': levelColour(config, colours), 'line-width': 1.5, 'line-opacity': 0.62 },
    },
    {
      id: 'links-unfirm', type: 'line', source: 'links', filter: ['in', ['get', 'status'], ['literal', UNFIRM]],
      paint: { 'line-color': levelColour(config, colours), 'line-width': 1.3, 'line-opacity': 0.6, 'line-dasharray': [2.5, 2] },
    },
    { id: 'links-near', type: 'line', source: 'links', filter: ['==', ['get', 'id'], ''], paint: { 'line-color': levelColour(config, colours), 'line-width': 3.4 } },
    { id: 'leaders', type: 'line', source: 'leaders', paint: { 'line-color': colours('--map-place'), 'line-width': 0.7, 'line-opacity': 0.75 } },
    { id: 'dots', type: 'circle', source: 'leaders', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 2, 'circle-color': colours('--map-place') } },
    {
      id: 'places', type: 'symbol', source: 'places',
      layout: {
        'text-field': ['get', 'place'], 'text-font': FONT, 'text-size': 13, 'text-max-width': 9, 'text-padding': 0, 'text-justify': 'auto',
        'text-variable-anchor-offset': ['get', 'anchors'] as unknown as ExpressionSpecification, 'symbol-sort-key': ['-', 0, ['get', 'size']],
      },
      paint: { 'text-color': colours('--map-place'), ...halo },
    },
    { id: 'halo', type: 'symbol', source: 'sites', filter: ['==', ['get', 'id'], ''], layout: { ...symbol, 'icon-image': 'halo', 'icon-ignore-placement': true } },
    { id: 'forms', type: 'symbol', source: 'sites', filter: ['==', ['get', 'kind'], 'form'], layout: { ...symbol, 'icon-image': ['get', 'symbol'] } },
    { id: 'clusters', type: 'symbol', source: 'sites', filter: ['==', ['get', 'kind'], 'cluster'], layout: { ...symbol, 'icon-image': ['get', 'symbol'] } },
  ]
  if (sources.grouped) {
    layers.push(
      { id: 'groups', type: 'circle', source: 'sites', filter: ['has', 'point_count'], paint: { 'circle-color': colours('--paper-raised'), 'circle-stroke-color': colours('--ink'), 'circle-stroke-width': 1.5, 'circle-radius': ['step', ['get', 'point_count'], 13, 50, 18, 500, 24] } },
      { id: 'counts', type: 'symbol', source: 'sites', filter: ['has', 'point_count'], layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': FONT, 'text-size': 13, 'text-allow-overlap': true }, paint: { 'text-color': colours('--ink') } },
    )
  }
  return {
    version: 8,
    sources: {
      graticule: geojson(graticule()),
      areas: geojson(sources.areas),
      limits: geojson(sources.limits),
      unsettled: geojson(sources.unsettled),
      coast: geojson(sources.coast),
      names: geojson(sources.names),
      links: geojson(EMPTY),
      leaders: geojson(EMPTY),
      places: geojson(EMPTY),
      sites: geojson(EMPTY, sources.grouped ? { cluster: true, clusterRadius: 44, clusterMaxZoom: 9 } : {}),
    },
    layers,
  }
}
