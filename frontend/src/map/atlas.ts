import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, type IControl, type MapGeoJSONFeature, Map as MapLibre, Popup } from 'maplibre-gl'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { CHOSEN, choose, type Choice } from '../site/choice'
import { drawSymbol, symbolName } from '../symbols'
import { onThemeChange, readColours } from './colours'
import { type Config, lookOf, type Links, partFeatures, type SiteProperties, type Sites } from './config'
import { bow, honeycomb, settle, toPixels, toPosition } from './spread'
import { type Sources, styleOf } from './style'

/** Above this many places, neighbours are counted together instead of spread. */
const GROUP_ABOVE = 500
/** Side of a symbol on the screen, in pixels. */
const SYMBOL = 24
const LABEL_SIZE = 13
/** Room for bunches and labels at the rim of the view, in pixels; a phone has less to give. */
const padding = (): { top: number; bottom: number; left: number; right: number } =>
  innerWidth < 740 ? { top: 48, bottom: 48, left: 40, right: 56 } : { top: 64, bottom: 64, left: 72, right: 104 }
/** A single town is not worth a closer view: there is no street on this map. */
const CLOSEST = 7
type Box = [number, number, number, number]
/** Shown when there is no place at all. */
const MAGHREB: Box = [-13.5, 26.5, 12, 38]
const CLICKABLE = ['clusters', 'forms']
const LAYERS: Record<string, readonly string[]> = {
  clusters: ['clusters'],
  forms: ['forms'],
  links: ['links', 'links-unfirm', 'links-near'],
}

type Site = Sites['features'][number]

async function fetchJson<T>(address: string): Promise<T> {
  const response = await fetch(address, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`${address}: status ${response.status}, map data were expected`)
  return (await response.json()) as T
}

/** Size of symbols at a zoom: whole from the view of one country, smaller on the way to the world. */
function scaleAt(zoom: number): number {
  return Math.min(1, Math.max(0.6, 0.6 + (zoom - 2.5) * 0.2))
}

/** Where a town's name may stand around its bunch, best place first, in ems. */
function anchorsOf(dx: number, dy: number, radius: number): unknown[] {
  const [x, y, away] = [dx / LABEL_SIZE, dy / LABEL_SIZE, (radius + 1) / LABEL_SIZE]
  return ['top', [x, y + away], 'left', [x + away, y], 'right', [x - away, y], 'bottom', [x, y - away]]
}

/** The smallest view that holds every place. */
function boxOf({ features }: Sites): Box {
  if (features.length === 0) return MAGHREB
  const lons = features.map(({ geometry }) => geometry.coordinates[0] ?? 0)
  const lats = features.map(({ geometry }) => geometry.coordinates[1] ?? 0)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** Resolves once the element has room on the page: a map measured before that opens on the whole world. */
function laidOut(host: HTMLElement): Promise<void> {
  if (host.clientWidth > 0 && host.clientHeight > 0) return Promise.resolve()
  return new Promise((done) => {
    const watch = new ResizeObserver(() => {
      if (host.clientWidth === 0 || host.clientHeight === 0) return
      watch.disconnect()
      done()
    })
    watch.observe(host)
  })
}

/** The areas and lines of the boundary file, country codes as properties because layers filter on them. */
function unpack(topology: Topology, config: Config, grouped: boolean): Sources {
  const part = (name: string): FeatureCollection => {
    const object = topology.objects[name]
    if (object === undefined) throw new Error(`boundaries: no object '${name}'. Rebuild the file with 'npm run boundaries'.`)
    const made = feature(topology, object)
    const features = made.type === 'FeatureCollection' ? made.features : [made]
    return { type: 'FeatureCollection', features: features.map((one) => ({ ...one, properties: { ...one.properties, code: one.id ?? null } })) }
  }
  const names = part('labels')
  const wording = config.labels.westernSahara
  for (const { id, properties } of names.features) {
    if (id === 'EH' && wording !== undefined && properties !== null) Object.assign(properties, { fr: wording, en: wording, ar: wording })
  }
  return { areas: part('countries'), limits: part('limits'), unsettled: part('unsettled'), coast: part('coast'), names, grouped }
}

/** Zoom and full-screen buttons whose words come from the page. */
function controls(config: Config, host: HTMLElement, home: () => Box): IControl {
  const word = (key: string, otherwise: string): string => config.labels[key] ?? otherwise
  let box: HTMLElement
  return {
    onAdd(map) {
      box = document.createElement('div')
      box.className = 'maplibregl-ctrl map__controls'
      const button = (label: string, path: string, act: () => void): void => {
        const element = document.createElement('button')
        element.type = 'button'
        element.title = label
        element.setAttribute('aria-label', label)
        element.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`
        element.addEventListener('click', act)
        box.append(element)
      }
      button(word('zoomIn', '+'), 'M8 2.5v11M2.5 8h11', () => map.zoomIn())
      button(word('zoomOut', '−'), 'M2.5 8h11', () => map.zoomOut())
      button(word('reset', '⌂'), 'M2.5 7.5L8 3l5.5 4.5M4 7v6.2h8V7', () => map.fitBounds(home(), { padding: padding(), maxZoom: CLOSEST }))
      if (document.fullscreenEnabled) {
        button(word('fullscreen', '⛶'), 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10', () => {
          if (document.fullscreenElement === null) void (host.closest('.atlas__map') ?? host).requestFullscreen()
          else void document.exitFullscreen()
        })
      }
      return box
    },
    onRemove: () => box.remove(),
  }
}

function credit(config: Config): IControl {
  let box: HTMLElement
  return {
    onAdd() {
      box = document.createElement('div')
      box.className = 'maplibregl-ctrl map__credit'
      box.dir = 'auto'
      box.textContent = ['Natural Earth', config.labels.attribution].filter(Boolean).join(' · ')
      return box
    },
    onRemove: () => box.remove(),
  }
}

/** The map of a page: one instance per `.map` element. */
export class Atlas {
  private readonly map: MapLibre
  private sites: Sites = { type: 'FeatureCollection', features: [] }
  private links: Links = { type: 'FeatureCollection', features: [] }
  private readonly offsets = new Map<string, [number, number]>()
  private readonly popup = new Popup({ closeButton: true, closeOnClick: false, maxWidth: 'none', focusAfterOpen: false })
  private spreadAt = Number.NaN

  private constructor(
    private readonly host: HTMLElement,
    private readonly config: Config,
    private readonly sources: Sources,
    private readonly lang: string,
    box: Box,
  ) {
    const label = config.labels.map ?? host.getAttribute('aria-label') ?? 'Map'
    this.map = new MapLibre({
      container: host,
      style: styleOf(config, readColours(host), sources, lang),
      bounds: config.fit ?? box,
      fitBoundsOptions: { padding: config.minimap ? 40 : padding(), maxZoom: config.minimap ? 5 : CLOSEST },
      minZoom: 1,
      maxZoom: 12,
      hash: config.minimap ? false : 'map',
      interactive: !config.minimap,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      cooperativeGestures: !config.minimap && matchMedia('(pointer: coarse)').matches,
      fadeDuration: 0,
      locale: {
        'Map.Title': label,
        ...(config.labels.closePopup === undefined ? {} : { 'Popup.Close': config.labels.closePopup }),
        ...(config.labels.gestureTouch === undefined ? {} : { 'CooperativeGesturesHandler.MobileHelpText': config.labels.gestureTouch }),
      },
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
  }

  /** Build the map; rejects when the data cannot be had or the browser cannot draw. */
  static async open(host: HTMLElement, config: Config): Promise<Atlas> {
    const { features, boundaries, lang = document.documentElement.lang || 'fr' } = host.dataset
    if (features === undefined || boundaries === undefined) throw new Error('map: data-features and data-boundaries are both needed')
    const [collection, topology] = await Promise.all([
      fetchJson<FeatureCollection>(features),
      fetchJson<Topology>(boundaries),
      // Labels are drawn once with the face at hand: wait for ours, in both scripts.
      document.fonts.load('24px "Grappe Sans"', 'Aéğ').catch(() => []),
      lang === 'ar' ? document.fonts.load('24px "Grappe Sans"', 'الم').catch(() => []) : [],
      laidOut(host),
    ])
    const parted = partFeatures(collection, lang)
    const atlas = new Atlas(host, config, unpack(topology, config, parted.sites.features.length > GROUP_ABOVE), ['fr', 'en', 'ar'].includes(lang) ? lang : 'fr', boxOf(parted.sites))
    await new Promise<void>((done) => atlas.map.once('load', () => done()))
    atlas.start(parted)
    return atlas
  }

  private start(parted: { sites: Sites; links: Links }): void {
    this.drawImages()
    this.show(parted)
    this.map.addControl(credit(this.config), 'bottom-right')
    onThemeChange(() => this.restyle())
    if (this.config.minimap) {
      this.map.on('click', CLICKABLE, ({ features }) => {
        const url = (features?.[0]?.properties as SiteProperties | undefined)?.url
        if (url) location.assign(url)
      })
      return
    }
    this.map.addControl(controls(this.config, this.host, () => this.config.fit ?? boxOf(this.sites)), document.documentElement.dir === 'rtl' ? 'top-left' : 'top-right')
    this.map.on('zoomend', () => this.place())
    this.bindPointer()
    this.bindKeyboard()
    this.bindList()
    this.bindLayers()
    // A choice made elsewhere on the page, such as in the graph beside the map.
    document.addEventListener(CHOSEN, (event) => {
      const { id, by } = (event as CustomEvent<Choice>).detail
      if (by !== 'map') this.showChosen(id, false, false)
    })
    new MutationObserver(() => void this.reload()).observe(this.host, { attributeFilter: ['data-features'] })
    const selected = new URL(location.href).searchParams.get('sel')
    if (selected !== null) this.select(selected, { open: false, scroll: false })
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource
  }

  private async reload(): Promise<void> {
    const address = this.host.dataset.features
    if (address === undefined) return
    try {
      const collection = await fetchJson<FeatureCollection>(address)
      // A later question may have changed the address meanwhile: only the last answer is shown.
      if (address === this.host.dataset.features) this.show(partFeatures(collection, this.lang))
    } catch (error) {
      this.popup.remove()
      this.show({ sites: { ...this.sites, features: [] }, links: { ...this.links, features: [] } })
      console.error(error)
    }
  }

  private show({ sites, links }: { sites: Sites; links: Links }): void {
    this.sites = sites
    this.links = links
    this.popup.remove()
    this.drawImages()
    this.spreadAt = Number.NaN
    this.place()
    this.source('links').setData({
      ...links,
      features: links.features.map((link) => {
        const [from, to] = [link.geometry.coordinates[0], link.geometry.coordinates.at(-1)]
        if (link.geometry.coordinates.length !== 2 || from === undefined || to === undefined) return link
        return { ...link, geometry: { type: 'LineString', coordinates: bow(from as [number, number], to as [number, number]) } }
      }),
    })
  }

  private shown(layer: string): boolean {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="layer"]')]
    const box = boxes.find(({ value }) => value === layer)
    return box === undefined ? this.config.layers.includes(layer) : box.checked
  }

  /** Lay the bunches out for the present zoom. */
  private place(): void {
    const zoom = Math.round(this.map.getZoom() * 4) / 4
    if (zoom === this.spreadAt) return
    this.spreadAt = zoom
    // Everything is laid out in units of a symbol, and symbols shrink with the country.
    const scale = scaleAt(zoom)
    for (const layer of ['clusters', 'forms', 'halo']) this.map.setLayoutProperty(layer, 'icon-size', scale)
    const towns = new Map<string, Site[]>()
    for (const site of this.sites.features) {
      if (!this.shown(site.properties.kind === 'form' ? 'forms' : 'clusters')) continue
      const [lon = 0, lat = 0] = site.geometry.coordinates
      const key = `${lon.toFixed(3)} ${lat.toFixed(3)}`
      const town = towns.get(key)
      if (town === undefined) towns.set(key, [site])
      else town.push(site)
    }
    const bunches = [...towns.values()].map((town) => {
      const [x, y] = toPixels(town[0]!.geometry.coordinates as [number, number], zoom)
      return { x: x / scale, y: y / scale, size: town.length }
    })
    const grouped = this.sources.grouped
    const placed = grouped ? bunches.map(() => ({ dx: 0, dy: 0, radius: 0, led: false })) : settle(bunches)
    this.offsets.clear()
    const leaders: FeatureCollection = { type: 'FeatureCollection', features: [] }
    const places: FeatureCollection = { type: 'FeatureCollection', features: [] }
    const drawn: Sites['features'] = []
    ;[...towns.values()].forEach((town, index) => {
      const { dx, dy, radius, led } = placed[index]!
      const at = town[0]!.geometry
      // Clusters of one sector side by side, in a fixed order.
      const order = [...town].sort((a, b) => (a.properties.sector ?? 99) - (b.properties.sector ?? 99) || (a.properties.id < b.properties.id ? -1 : 1))
      const cells = grouped ? order.map(() => [0, 0] as [number, number]) : honeycomb(order.length)
      order.forEach((site, cell) => {
        const [cx, cy] = cells[cell]!
        const offset: [number, number] = [Math.round(dx + cx), Math.round(dy + cy)]
        this.offsets.set(site.properties.id, [offset[0] * scale, offset[1] * scale])
        drawn.push({ ...site, properties: { ...site.properties, symbol: symbolName(lookOf(site.properties)), offset } as SiteProperties })
      })
      if (led) {
        const bunch = bunches[index]!
        const end = toPosition([(bunch.x + dx) * scale, (bunch.y + dy) * scale], zoom)
        leaders.features.push(
          { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [at.coordinates, end] } },
          { type: 'Feature', properties: {}, geometry: at },
        )
      }
      if (!grouped && town[0]!.properties.place) {
        places.features.push({
          type: 'Feature',
          properties: { place: town[0]!.properties.place, size: town.length, anchors: anchorsOf(dx * scale, dy * scale, radius * scale) },
          geometry: at,
        })
      }
    })
    this.source('sites').setData({ ...this.sites, features: drawn })
    this.source('leaders').setData(leaders)
    this.source('places').setData(places)
  }

  private drawImages(): void {
    const colours = readColours(this.host)
    const [ink, paper] = [colours('--ink'), colours('--paper-raised')]
    const ratio = Math.min(3, Math.max(2, Math.ceil(devicePixelRatio)))
    const add = (name: string, side: number, draw: (context: CanvasRenderingContext2D, size: number) => void): void => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = side * ratio
      const context = canvas.getContext('2d')
      if (context === null) return
      draw(context, side * ratio)
      const image = context.getImageData(0, 0, canvas.width, canvas.height)
      if (this.map.hasImage(name)) this.map.updateImage(name, image)
      else this.map.addImage(name, image, { pixelRatio: ratio })
    }
    const seen = new Set<string>()
    for (const { properties } of this.sites.features) {
      const look = lookOf(properties)
      const name = symbolName(look)
      if (seen.has(name)) continue
      seen.add(name)
      const code = String(look.sector ?? 'unknown')
      const fill = look.kind === 'form' ? ink : colours(`--sector-${code}`, this.config.sectors[code]?.color)
      add(name, SYMBOL, (context, size) => drawSymbol(context, look, size, { fill, paper, ink }))
    }
    add('halo', 40, (context, size) => {
      context.beginPath()
      context.arc(size / 2, size / 2, size * 0.4, 0, 2 * Math.PI)
      context.fillStyle = colours('--paper-raised')
      context.fill()
      context.strokeStyle = colours('--accent')
      context.lineWidth = size * 0.07
      context.stroke()
    })
  }

  /** Colours have changed: paint what is there anew, keep data, place and selection. */
  private restyle(): void {
    const style = styleOf(this.config, readColours(this.host), this.sources, this.lang)
    for (const layer of style.layers) {
      for (const [property, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, property as never, value as never)
    }
    this.drawImages()
    const chosen = this.selected()
    if (!this.config.minimap && chosen !== null) this.highlight([chosen])
  }

  private site(id: string): Site | undefined {
    return this.sites.features.find(({ properties }) => properties.id === id)
  }

  private highlight(ids: readonly string[]): void {
    this.map.setFilter('halo', ['in', ['get', 'id'], ['literal', [...ids]]])
    const urls = ids.map((id) => this.site(id)?.properties.url).filter((url) => url !== undefined)
    const ends: ['literal', string[]] = ['literal', urls]
    this.map.setFilter('links-near', ['any', ['in', ['get', 'a_url'], ends], ['in', ['get', 'b_url'], ends]])
    for (const layer of ['links', 'links-unfirm']) this.map.setPaintProperty(layer, 'line-opacity', urls.length > 0 ? 0.22 : 0.62)
  }

  private selected(): string | null {
    return new URL(location.href).searchParams.get('sel')
  }

  /** Choose a place: on the map, in the list, in the address. */
  private select(id: string | null, { open = true, scroll = true } = {}): void {
    choose(id, 'map')
    this.showChosen(id, open, scroll)
  }

  private showChosen(id: string | null, open: boolean, scroll: boolean): void {
    this.highlight(id === null ? [] : [id])
    for (const item of document.querySelectorAll('#results .is-selected')) item.classList.remove('is-selected')
    this.popup.remove()
    if (id === null) return
    const item = document.querySelector(`#results [data-id="${CSS.escape(id)}"]`)
    item?.classList.add('is-selected')
    if (scroll && matchMedia('(min-width: 62rem)').matches) item?.scrollIntoView({ block: 'nearest' })
    const site = this.site(id)
    if (open && site !== undefined) this.openPopup(site)
  }

  private openPopup(site: Site): void {
    const { name, place, url, sector, state, anchoring, provisional, rival, kind, form_kind: form } = site.properties
    const { labels, sectors } = this.config
    const box = document.createElement('div')
    box.dir = document.documentElement.dir || 'ltr'
    const title = document.createElement('p')
    title.className = 'popup__name'
    const link = document.createElement('a')
    link.href = url
    link.textContent = name
    title.append(link)
    box.append(title)
    const words = (...parts: (string | null | undefined)[]): void => {
      const text = parts.filter(Boolean).join(' · ')
      if (text === '') return
      const line = document.createElement('p')
      line.textContent = text
      box.append(line)
    }
    words(place, provisional ? labels.provisional : null, rival ? labels.rival : null)
    if (kind === 'form') words(form === null ? null : (labels[form] ?? form))
    else words(sector === null ? labels.unknown : sectors[String(sector)]?.label, state === null ? null : labels[state], anchoring === null ? null : labels[anchoring])
    const [x, y] = this.offsets.get(site.properties.id) ?? [0, 0]
    const clear = SYMBOL / 2 + 4
    this.popup
      .setOffset({
        top: [x, y + clear], 'top-left': [x, y + clear], 'top-right': [x, y + clear],
        bottom: [x, y - clear], 'bottom-left': [x, y - clear], 'bottom-right': [x, y - clear],
        left: [x + clear, y], right: [x - clear, y], center: [x, y],
      })
      .setLngLat(site.geometry.coordinates as [number, number])
      .setDOMContent(box)
      .addTo(this.map)
  }

  private openLink(found: MapGeoJSONFeature, at: { lng: number; lat: number }): void {
    const { a_name: a, b_name: b, a_url: from, b_url: to, level, link_kind: kind } = found.properties as Links['features'][number]['properties']
    const box = document.createElement('div')
    box.dir = document.documentElement.dir || 'ltr'
    const title = document.createElement('p')
    title.className = 'popup__name'
    for (const [name, url] of [[a, from], [b, to]] as const) {
      const end = document.createElement(url ? 'a' : 'span')
      if (end instanceof HTMLAnchorElement) end.href = url
      end.textContent = name
      if (title.childNodes.length > 0) title.append(' – ')
      title.append(end)
    }
    const line = document.createElement('p')
    line.textContent = [this.config.labels[kind] ?? kind, this.config.levels[level]?.label].filter(Boolean).join(' · ')
    box.append(title, line)
    this.popup.setOffset(8).setLngLat(at).setDOMContent(box).addTo(this.map)
  }

  private bindPointer(): void {
    const { map } = this
    const at = (point: { x: number; y: number }): MapGeoJSONFeature | undefined =>
      map.queryRenderedFeatures([point.x, point.y], { layers: CLICKABLE })[0]
    map.on('mousemove', ({ point }) => {
      const found = at(point)
      map.getCanvasContainer().classList.toggle('is-over', found !== undefined)
      const id = found?.properties.id as string | undefined
      const chosen = this.selected()
      this.highlight([...(id === undefined ? [] : [id]), ...(chosen === null ? [] : [chosen])])
    })
    map.on('click', ({ point, lngLat }) => {
      const found = at(point)
      if (found !== undefined) return this.select(found.properties.id as string)
      if (this.sources.grouped) {
        const group = map.queryRenderedFeatures(point, { layers: ['groups'] })[0]
        if (group !== undefined) return void map.easeTo({ center: lngLat, zoom: map.getZoom() + 2 })
      }
      this.select(null)
      const near: [[number, number], [number, number]] = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]]
      const line = map.queryRenderedFeatures(near, { layers: ['links', 'links-unfirm'] })[0]
      if (line !== undefined) this.openLink(line, lngLat)
    })
  }

  /** With the map focused: Enter opens the chosen place, or the one nearest to the middle; Escape closes. */
  private bindKeyboard(): void {
    this.map.getCanvas().addEventListener('keydown', (event) => {
      if (event.key === 'Escape') return this.select(null)
      if (event.key !== 'Enter') return
      const chosen = this.selected()
      const { lng, lat } = this.map.getCenter()
      const away = ({ geometry: { coordinates: [x = 0, y = 0] } }: Site): number => Math.hypot(x - lng, y - lat)
      const site = (chosen === null ? undefined : this.site(chosen)) ?? [...this.sites.features].sort((a, b) => away(a) - away(b))[0]
      if (site === undefined) return
      this.select(site.properties.id)
      this.popup.getElement()?.querySelector('a')?.focus()
    })
  }

  /** The list is the keyboard's way to the map: a focused or hovered item shows its symbol. */
  private bindList(): void {
    const over = (event: Event): void => {
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>('#results [data-id]') : null
      const chosen = this.selected()
      if (item?.dataset.id !== undefined) this.highlight([item.dataset.id, ...(chosen === null ? [] : [chosen])])
    }
    const out = (event: Event): void => {
      if (!(event.target instanceof Element) || event.target.closest('#results') === null) return
      const chosen = this.selected()
      this.highlight(chosen === null ? [] : [chosen])
    }
    document.addEventListener('focusin', over)
    document.addEventListener('pointerover', over)
    document.addEventListener('focusout', out)
    document.addEventListener('pointerout', out)
  }

  private bindLayers(): void {
    const apply = (): void => {
      for (const [name, layers] of Object.entries(LAYERS)) {
        for (const layer of layers) this.map.setLayoutProperty(layer, 'visibility', this.shown(name) ? 'visible' : 'none')
      }
      this.spreadAt = Number.NaN
      this.place()
    }
    for (const box of document.querySelectorAll<HTMLInputElement>('input[name="layer"]')) {
      // The map answers these itself; the live form then need not ask the server.
      box.dataset.handled = ''
      box.addEventListener('change', () => {
        const url = new URL(location.href)
        url.searchParams.delete('layer')
        for (const name of Object.keys(LAYERS)) if (this.shown(name)) url.searchParams.append('layer', name)
        history.replaceState(history.state, '', url)
        apply()
      })
    }
    apply()
  }
}
