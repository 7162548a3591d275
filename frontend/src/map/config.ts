import type { FeatureCollection, LineString, Point } from 'geojson'
import type { Anchoring, Look, State } from '../symbols'

export interface Named {
  label: string
  color?: string
}

/** What the page tells the map, in `data-config`. Words come from the server: the map holds none of its own. */
export interface Config {
  sectors: Record<string, Named>
  levels: Record<string, Named>
  labels: Record<string, string>
  layers: readonly string[]
  fit: [number, number, number, number] | null
  minimap: boolean
}

export interface SiteProperties {
  id: string
  kind: 'cluster' | 'form'
  name: string
  place: string
  place_ar?: string | null
  country: string
  sector: number | null
  state: State | null
  anchoring: Anchoring
  provisional: boolean
  rival: boolean
  url: string
  form_kind: string | null
}

export interface LinkProperties {
  id: string
  kind: 'link'
  level: string
  link_kind: string
  status: string
  a_name: string
  b_name: string
  a_url: string
  b_url: string
}

export type Sites = FeatureCollection<Point, SiteProperties>
export type Links = FeatureCollection<LineString, LinkProperties>

/** Read `data-config`; what the page leaves out is empty, what it writes wrong is refused. */
export function readConfig(text: string | undefined): Config {
  const given = JSON.parse(text === undefined || text === '' ? '{}' : text) as Partial<Config>
  return {
    sectors: given.sectors ?? {},
    levels: given.levels ?? {},
    labels: given.labels ?? {},
    layers: given.layers ?? ['clusters', 'forms', 'links'],
    fit: given.fit ?? null,
    minimap: given.minimap ?? false,
  }
}

/** Part the features of the server into places and links. */
export function partFeatures(collection: FeatureCollection, lang = 'fr'): { sites: Sites; links: Links } {
  const sites: Sites = { type: 'FeatureCollection', features: [] }
  const links: Links = { type: 'FeatureCollection', features: [] }
  for (const feature of collection.features) {
    if (feature.geometry?.type === 'Point') sites.features.push(named(feature as Sites['features'][number], lang))
    else if (feature.geometry?.type === 'LineString') links.features.push(feature as Links['features'][number])
  }
  return { sites, links }
}

/** A place under the name that the language has for it, where a source gives one. */
function named(site: Sites['features'][number], lang: string): Sites['features'][number] {
  const arabic = site.properties.place_ar
  return lang === 'ar' && arabic ? { ...site, properties: { ...site.properties, place: arabic } } : site
}

/** What decides how a place is drawn. */
export function lookOf(site: SiteProperties): Look {
  return {
    kind: site.kind,
    sector: site.sector ?? null,
    state: site.state ?? null,
    anchoring: site.anchoring ?? null,
    ring: site.provisional || site.rival,
    formKind: site.form_kind ?? null,
  }
}
