/** The graph of a page: one instance per `.graph` element, in step with the form, the tables, the map and the address. */
import Graph from 'graphology'
import Sigma from 'sigma'
import type { CameraState } from 'sigma/types'
import { onThemeChange, readColours } from '../map/colours'
import { CHOSEN, choose, type Choice } from '../site/choice'
import { type Actor, type Answer, type Config, readAnswer, readConfig, type Tie } from './answer'
import { type Box, placeLabels, shorten } from './labels'
import { layOut, type Spot } from './layout'
import { lookOfActor, lookOfTie, mix, sizeValue, UNKNOWN, withoutValue } from './look'
import type { Line, Mark, Picture, Text } from './picture'
import { MarkProgram, TieProgram } from './programs'
import type { Fill, Shape } from './shapes'

interface NodeData {
  x: number
  y: number
  size: number
  color: string
  shape: Shape
  fill: Fill
  paper: string
  ring: string
  actor: Actor
  hidden?: boolean
}

interface EdgeData {
  size: number
  color: string
  dashed: boolean
  naming: -1 | 0 | 1
  tie: Tie
}

const LABEL = 13
const HOME: CameraState = { x: 0.5, y: 0.5, angle: 0, ratio: 1 }
const STEP = 0.12
/** Least side of what is shown, in lengths of the layout. */
const LEAST_VIEW = 300
/** Side of a view, in pixels, from which on nodes have their whole size. */
const WHOLE_SIZE = 600
/** How far what is not near the chosen actor steps back. */
const FAINT = 0.8

const emptyGraph = (): Graph<NodeData, EdgeData> => new Graph<NodeData, EdgeData>({ type: 'undirected', multi: true })

export class Graphic {
  private graph = emptyGraph()
  private drawn: Answer = { nodes: [], links: [] }
  private spots = new Map<string, Spot>()
  private readonly sigma: Sigma<NodeData, EdgeData>
  private readonly names: CanvasRenderingContext2D
  private config: Config
  private hovered: string | null = null
  private shownNames: Text[] = []
  private readonly widths = new Map<string, number>()

  private constructor(
    private readonly host: HTMLElement,
    config: Config,
    private readonly card: HTMLElement,
  ) {
    this.config = config
    const stage = document.createElement('div')
    stage.className = 'graph__stage'
    host.prepend(stage)
    this.sigma = new Sigma<NodeData, EdgeData>(this.graph, stage, {
      allowInvalidContainer: true,
      renderLabels: false,
      enableEdgeEvents: true,
      defaultNodeType: 'mark',
      defaultEdgeType: 'tie',
      nodeProgramClasses: { mark: MarkProgram as never },
      edgeProgramClasses: { tie: TieProgram as never },
      nodeHoverProgramClasses: {},
      defaultDrawNodeHover: () => {},
      stagePadding: 34,
      minCameraRatio: 0.08,
      maxCameraRatio: 2.2,
      enableCameraRotation: false,
      zIndex: true,
      // Two quick clicks on two actors are two choices.
      doubleClickTimeout: 0,
      zoomDuration: this.still ? 0 : 200,
      nodeReducer: (id, data) => this.nodeNow(id, data),
      edgeReducer: (id, data) => this.edgeNow(id, data),
    })
    const canvas = this.sigma.createCanvas('names', { style: { pointerEvents: 'none' }, afterLayer: 'nodes' })
    this.names = canvas.getContext('2d') as CanvasRenderingContext2D
  }

  /** Build the graph; rejects when the data cannot be had or the browser cannot draw. */
  static async open(host: HTMLElement): Promise<Graphic> {
    const config = readConfig(host.dataset.config)
    const answer = await Graphic.ask(host.dataset.graph)
    await document.fonts.load(`${LABEL}px "Grappe Sans"`, config.labels.graph ?? 'A').catch(() => [])
    const card = document.createElement('div')
    card.className = 'graph__card'
    card.hidden = true
    card.setAttribute('aria-live', 'polite')
    const graphic = new Graphic(host, config, card)
    host.append(card)
    graphic.show(answer)
    graphic.sigma.getCamera().setState(graphic.cameraOfAddress() ?? HOME)
    graphic.bind()
    return graphic
  }

  private static async ask(address: string | undefined): Promise<Answer> {
    if (address === undefined) throw new Error('network: data-graph is needed')
    const response = await fetch(address, { headers: { Accept: 'application/json' } })
    if (!response.ok) throw new Error(`${address}: status ${response.status}, a network was expected`)
    return readAnswer(await response.json())
  }

  private get still(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches
  }

  private get rtl(): boolean {
    return document.documentElement.dir === 'rtl'
  }

  /** Put an answer in the place of the one before. */
  private show({ nodes, links }: Answer): void {
    const ties = links.filter(({ counts }) => counts || this.config.others)
    const ends = new Set(ties.flatMap(({ source, target }) => [source, target]))
    if (this.config.focus !== null) ends.add(this.config.focus)
    const drawn = nodes.filter(({ id }) => ends.has(id))
    this.drawn = { nodes: drawn, links: ties }
    this.spots = layOut(drawn.map(({ id }) => id), ties)
    this.dress()
    this.host.dataset.nodes = String(this.graph.order)
    this.host.dataset.links = String(this.graph.size)
    const chosen = this.chosen()
    if (chosen !== null && this.graph.hasNode(chosen)) this.openCard(chosen)
    else this.closeCard()
  }

  /** Colours and sizes, from the form's choices and the page's colours as they are now. */
  private dress(): void {
    const colours = readColours(this.host)
    const paper = mix(colours('--paper'), '#000', 0)
    const largest = Math.max(0, ...this.drawn.nodes.map((actor) => sizeValue(actor, this.config) ?? 0))
    const { width, height } = this.sigma.getDimensions()
    // A small view gets small nodes, or they would hide each other.
    const scale = Math.min(1, Math.max(0.6, Math.sqrt(width * height) / WHOLE_SIZE))
    const graph = emptyGraph()
    for (const actor of this.drawn.nodes) {
      const { x, y } = this.spots.get(actor.id)!
      // The layout counts downwards, as the page does.
      const look = lookOfActor(actor, this.config, colours, largest)
      graph.addNode(actor.id, { x, y: -y, ...look, size: look.size * scale, paper, ring: paper, actor })
    }
    for (const tie of this.drawn.links) graph.addEdgeWithKey(tie.id, tie.source, tie.target, { ...lookOfTie(tie, colours), tie })
    this.graph = graph
    this.sigma.setCustomBBox(this.frame())
    this.sigma.setGraph(graph)
  }

  /** What the view shows at first: everything, and never so little that two actors fill it. */
  private frame(): { x: [number, number]; y: [number, number] } {
    const side = (values: number[]): [number, number] => {
      const [from, to] = [Math.min(...values), Math.max(...values)]
      const [middle, half] = [(from + to) / 2, Math.max((to - from) / 2, LEAST_VIEW / 2)]
      return [middle - half, middle + half]
    }
    const spots = [...this.spots.values()]
    return spots.length === 0 ? { x: [-1, 1], y: [-1, 1] } : { x: side(spots.map(({ x }) => x)), y: side(spots.map(({ y }) => -y)) }
  }

  /** Who is in view: the chosen or hovered one and its neighbours, else everybody. */
  private near(): Set<string> | null {
    const id = this.hovered ?? this.chosen()
    return id !== null && this.graph.hasNode(id) ? new Set([id, ...this.graph.neighbors(id)]) : null
  }

  private nodeNow(id: string, data: NodeData): Partial<NodeData & { zIndex: number }> {
    const near = this.near()
    const marked = id === this.chosen() || id === this.config.focus
    const colours = marked ? readColours(this.host) : null
    const ring = colours === null ? data.paper : mix(colours(id === this.config.focus ? '--ink' : '--accent'), '#000', 0)
    if (near === null || near.has(id)) return { ...data, ring, zIndex: marked ? 2 : 1 }
    return { ...data, ring, color: mix(data.color, data.paper, FAINT), zIndex: 0 }
  }

  private edgeNow(id: string, data: EdgeData): Partial<EdgeData & { zIndex: number }> {
    const one = this.hovered ?? this.chosen()
    const near = this.near()
    if (near === null || one === null) return { ...data, zIndex: data.dashed ? 0 : 1 }
    if (this.graph.hasExtremity(id, one)) return { ...data, size: data.size + 0.6, zIndex: 2 }
    return { ...data, color: mix(data.color, this.graph.getNodeAttribute(one, 'paper'), FAINT), zIndex: 0 }
  }

  private fontOf(bold: boolean): string {
    return `${bold ? 600 : 400} ${LABEL}px "Grappe Sans", "Source Sans 3", "IBM Plex Sans Arabic", sans-serif`
  }

  private widthOf(words: string, bold: boolean): number {
    const key = `${bold}${words}`
    const known = this.widths.get(key)
    if (known !== undefined) return known
    this.names.font = this.fontOf(bold)
    const { width } = this.names.measureText(words)
    this.widths.set(key, width)
    return width
  }

  /** Where a node stands in the view, in pixels. */
  private spotOf(id: string): { x: number; y: number; radius: number } {
    const data = this.sigma.getNodeDisplayData(id)!
    const { x, y } = this.sigma.framedGraphToViewport(data)
    return { x, y, radius: this.sigma.scaleSize(data.size) }
  }

  /** The buttons over the graph, where no name can be read. */
  private covered(): Box[] {
    const buttons = this.host.querySelector<HTMLElement>('.graph__controls')
    if (buttons === null || buttons.hidden) return []
    const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = buttons
    return [{ left, top, right: left + offsetWidth, bottom: top + offsetHeight }]
  }

  private drawNames(): void {
    const { width, height } = this.sigma.getDimensions()
    const context = this.names
    const ratio = devicePixelRatio
    // Setting a side empties the canvas, so only when the view has changed.
    if (context.canvas.width !== Math.round(width * ratio) || context.canvas.height !== Math.round(height * ratio)) {
      context.canvas.width = Math.round(width * ratio)
      context.canvas.height = Math.round(height * ratio)
      context.canvas.style.width = `${width}px`
      context.canvas.style.height = `${height}px`
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    const colours = readColours(this.host)
    const near = this.near()
    const one = this.hovered ?? this.chosen()
    const bold = (id: string): boolean => id === one || id === this.config.focus
    const words = (id: string): string => shorten(this.graph.getNodeAttribute(id, 'actor').name, bold(id) ? 60 : 30)
    const asked = this.graph.nodes().filter((id) => near === null || near.has(id))
    const placed = placeLabels(
      // Those out of view take part as obstacles only.
      this.graph.nodes().filter((id) => near === null || near.has(id)).map((id) => {
        const text = words(id)
        const { x, y, radius } = this.spotOf(id)
        return { id, x, y, radius: bold(id) ? radius + 4 : radius, width: this.widthOf(text, bold(id)), weight: this.graph.getNodeAttribute(id, 'size'), must: bold(id) }
      }),
      { width, height, line: LABEL + 3, rtl: this.rtl, covered: this.covered() },
    )
    this.shownNames = placed.map(({ id, x, y }) => ({ at: [x, y], words: words(id), size: LABEL, bold: bold(id), width: this.widthOf(words(id), bold(id)) }))
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3.2
    context.strokeStyle = colours('--paper')
    context.fillStyle = colours('--ink')
    for (const { at, words: text, bold: heavy } of this.shownNames) {
      context.font = this.fontOf(heavy)
      context.strokeText(text, ...at)
      context.fillText(text, ...at)
    }
    this.host.dataset.names = String(placed.length)
    this.host.dataset.asked = String(asked.length)
  }

  /** What is in view, as a picture to keep. */
  picture(): Picture {
    const { width, height } = this.sigma.getDimensions()
    const colours = readColours(this.host)
    const plain = (token: string): string => mix(colours(token), '#000', 0)
    const within = ({ x, y }: { x: number; y: number }): boolean => x > -20 && y > -20 && x < width + 20 && y < height + 20
    const lines: Line[] = []
    for (const id of this.graph.edges()) {
      const data = this.sigma.getEdgeDisplayData(id) as unknown as EdgeData
      const [a, b] = [this.spotOf(this.graph.source(id)), this.spotOf(this.graph.target(id))]
      if (within(a) || within(b)) lines.push({ from: [a.x, a.y], to: [b.x, b.y], color: data.color, width: this.sigma.scaleSize(data.size), dashed: data.dashed, naming: data.naming })
    }
    const marks: Mark[] = []
    for (const id of this.graph.nodes()) {
      const data = this.sigma.getNodeDisplayData(id) as unknown as NodeData
      const { x, y, radius } = this.spotOf(id)
      if (within({ x, y })) marks.push({ at: [x, y], radius, color: data.color, shape: data.shape, fill: data.fill })
    }
    const legend = [...document.querySelectorAll<HTMLElement>('[data-legend-token]')].map((item) => ({ words: item.textContent?.trim() ?? '', color: item.dataset.legendToken === UNKNOWN ? withoutValue(colours) : plain(item.dataset.legendToken!), line: 'legendLine' in item.dataset }))
    return { width, height, paper: plain('--paper'), ink: plain('--ink'), soft: plain('--ink-soft'), rtl: this.rtl, lines, marks, texts: this.shownNames, title: this.config.title, source: this.config.labels.source ?? '', legend }
  }

  private bind(): void {
    const { sigma, host } = this
    sigma.on('afterRender', () => this.drawNames())
    sigma.on('enterNode', ({ node }) => this.hover(node))
    sigma.on('leaveNode', () => this.hover(null))
    sigma.on('clickNode', ({ node }) => this.choose(node))
    sigma.on('clickStage', () => this.choose(null))
    sigma.on('clickEdge', ({ edge }) => this.openTie(edge))
    this.yieldToPage()
    let timer = 0
    sigma.getCamera().on('updated', () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => this.keepCamera(), 200)
    })
    onThemeChange(() => this.dress())
    new MutationObserver((changes) => void this.changed(changes.some(({ attributeName }) => attributeName === 'data-graph'))).observe(host, { attributeFilter: ['data-graph', 'data-config'] })
    host.addEventListener('keydown', (event) => this.key(event))
    document.addEventListener(CHOSEN, (event) => {
      const { id, by } = (event as CustomEvent<Choice>).detail
      if (by === 'graph') return
      this.sigma.refresh()
      if (id !== null && this.graph.hasNode(id)) this.openCard(id)
      else this.closeCard()
    })
    const over = (event: Event): void => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('#results [data-id], #links [data-source]') : null
      if (row !== null) this.hover(row.dataset.id ?? row.dataset.source ?? null)
    }
    const out = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('#results, #links') !== null) this.hover(null)
    }
    document.addEventListener('focusin', over)
    document.addEventListener('pointerover', over)
    document.addEventListener('focusout', out)
    document.addEventListener('pointerout', out)
    sigma.refresh()
  }

  /** The page scrolls past the graph: the wheel zooms with Ctrl or once the graph is entered, touch needs two fingers. */
  private yieldToPage(): void {
    const stage = this.sigma.getContainer()
    const keep = { capture: true, passive: true }
    stage.addEventListener('wheel', (event) => !event.ctrlKey && !this.host.contains(document.activeElement) && event.stopPropagation(), keep)
    let pinching = false
    // One finger is left to the browser, which scrolls, or makes a click of it.
    const touched = (event: TouchEvent): void => {
      if (event.touches.length > 1) pinching = true
      if (!pinching) event.stopPropagation()
      if (event.touches.length === 0) pinching = false
    }
    for (const name of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) stage.addEventListener(name, touched, keep)
  }

  private async changed(asks: boolean): Promise<void> {
    this.config = readConfig(this.host.dataset.config)
    if (!asks) return this.dress()
    const address = this.host.dataset.graph
    try {
      const answer = await Graphic.ask(address)
      // A later question may have changed the address meanwhile: only the last answer is shown.
      if (address !== this.host.dataset.graph) return
      this.hovered = null
      this.show(answer)
      this.home()
    } catch (error) {
      this.show({ nodes: [], links: [] })
      console.error(error)
    }
  }

  private hover(id: string | null): void {
    const known = id !== null && this.graph.hasNode(id) ? id : null
    if (known === this.hovered) return
    this.hovered = known
    this.host.classList.toggle('is-over', known !== null)
    this.sigma.refresh({ skipIndexation: true })
  }

  private chosen(): string | null {
    return new URL(location.href).searchParams.get('sel')
  }

  private choose(id: string | null): void {
    choose(id, 'graph')
    this.sigma.refresh({ skipIndexation: true })
    if (id === null) this.closeCard()
    else this.openCard(id)
  }

  /** Ask the page for the neighbourhood of one actor, by the form where it offers it. */
  private focusOn(id: string): void {
    const select = document.querySelector<HTMLSelectElement>('form[data-live] select[name="focus"]')
    if (select === null || ![...select.options].some(({ value }) => value === id)) return
    select.value = id
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }

  private say(title: Node | string, ...lines: string[]): HTMLElement {
    const { card } = this
    card.replaceChildren()
    const head = document.createElement('p')
    head.className = 'graph__name'
    head.append(title)
    card.append(head)
    for (const words of lines.filter(Boolean)) {
      const line = document.createElement('p')
      line.textContent = words
      card.append(line)
    }
    card.hidden = false
    return card
  }

  private openCard(id: string): void {
    const { labels, folders, kinds, countries } = this.config
    const { name, degree, kind, country } = this.graph.getNodeAttribute(id, 'actor')
    const folder = folders[id]
    const title = document.createElement(folder === undefined ? 'bdi' : 'a')
    if (title instanceof HTMLAnchorElement) title.href = `/${document.documentElement.lang}/${folder}/${id}/`
    title.textContent = name
    const about = [kinds[kind], country === null ? undefined : countries[country]].filter(Boolean).join(' · ')
    const card = this.say(title, about, `${labels.degree ?? ''} ${degree}`)
    if (id === this.config.focus) return
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = labels.focus ?? ''
    button.addEventListener('click', () => this.focusOn(id))
    card.append(button)
  }

  private openTie(edge: string): void {
    const [a, b] = this.graph.extremities(edge).map((id) => this.graph.getNodeAttribute(id, 'actor').name) as [string, string]
    const row = document.getElementById(`tie-${edge}`)
    const title = document.createElement('a')
    title.href = `#tie-${edge}`
    title.textContent = `${a} – ${b}`
    const cells = [...(row?.querySelectorAll<HTMLElement>('[data-say]') ?? [])].map((cell) => cell.innerText.trim())
    this.say(row === null ? `${a} – ${b}` : title, cells.join(' · '))
  }

  private closeCard(): void {
    this.card.hidden = true
    this.card.replaceChildren()
  }

  private cameraOfAddress(): CameraState | null {
    const found = /(?:^#|&)graph=(-?[\d.]+)\/(-?[\d.]+)\/([\d.]+)/.exec(location.hash)
    return found === null ? null : { x: Number(found[1]), y: Number(found[2]), ratio: Number(found[3]), angle: 0 }
  }

  /** The view stands in the address, beside that of the map. */
  private keepCamera(): void {
    const { x, y, ratio } = this.sigma.getCamera().getState()
    const others = location.hash.slice(1).split('&').filter((part) => part !== '' && !part.startsWith('graph='))
    const moved = Math.abs(x - 0.5) + Math.abs(y - 0.5) + Math.abs(ratio - 1) > 0.002
    const parts = moved ? [...others, `graph=${[x, y, ratio].map((value) => value.toFixed(3)).join('/')}`] : others
    const url = new URL(location.href)
    const hash = parts.join('&')
    if (url.hash.slice(1) === hash) return
    url.hash = hash
    history.replaceState(history.state, '', url)
  }

  private move(state: Partial<CameraState>): void {
    const camera = this.sigma.getCamera()
    if (this.still) camera.setState(camera.validateState({ ...camera.getState(), ...state }))
    else void camera.animate(state, { duration: 180 })
  }

  redraw(): void {
    this.sigma.scheduleRender()
  }

  home(): void {
    this.move(HOME)
  }

  zoom(factor: number): void {
    this.move({ ratio: this.sigma.getCamera().getBoundedRatio(this.sigma.getCamera().ratio * factor) })
  }

  /** Go to the next actor, weightiest first. */
  private walk(step: number): void {
    const order = this.graph.nodes().sort((a, b) => this.graph.getNodeAttribute(b, 'size') - this.graph.getNodeAttribute(a, 'size') || (a < b ? -1 : 1))
    if (order.length === 0) return
    const at = order.indexOf(this.chosen() ?? '')
    const next = order[at === -1 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length]!
    this.choose(next)
    const { x, y } = this.sigma.getNodeDisplayData(next)!
    if (this.sigma.getCamera().ratio < 0.9) this.move({ x, y })
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== this.host) return
    const { x, y, ratio } = this.sigma.getCamera().getState()
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.move({ x: x - STEP * ratio }),
      ArrowRight: () => this.move({ x: x + STEP * ratio }),
      ArrowUp: () => this.move({ y: y + STEP * ratio }),
      ArrowDown: () => this.move({ y: y - STEP * ratio }),
      '+': () => this.zoom(1 / 1.4),
      '=': () => this.zoom(1 / 1.4),
      '-': () => this.zoom(1.4),
      0: () => this.home(),
      Home: () => this.home(),
      n: () => this.walk(1),
      p: () => this.walk(-1),
      Escape: () => this.choose(null),
      Enter: () => this.card.querySelector<HTMLElement>('a, button')?.focus(),
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}
