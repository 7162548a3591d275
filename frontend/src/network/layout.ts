/**
 * Where each actor stands: the same data give the same picture, whatever their order and the machine.
 *
 * Every connected part is laid out by itself (ForceAtlas2 from a spiral in the order of ids), freed of overlaps,
 * turned so that it lies along the page, and the parts are then set around the largest one.
 */
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import noverlap from 'graphology-layout-noverlap'

export interface Spot {
  x: number
  y: number
}

export interface Bond {
  source: string
  target: string
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5))
/** Lengths of the layout are about pixels of a view that shows everything: side of a node's share of the plane, its radius, the gap between parts. */
const SHARE = 50
const NODE = 15
/** A long part is drawn at most this much taller than the forces leave it. */
const MOST_STRETCH = 1.8
const LEAST_HEIGHT = 0.6
const GAP = 36
/** Where room for a small part is looked for: in how many directions, in what strides. */
const DIRECTIONS = 40
const STRIDE = 8

/** Parts that no bond joins, the largest first, ties by the first id; ids within a part in order. */
export function partsOf(ids: readonly string[], bonds: readonly Bond[]): string[][] {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { source, target } of bonds) {
    next.get(source)?.push(target)
    next.get(target)?.push(source)
  }
  const seen = new Set<string>()
  const parts: string[][] = []
  for (const start of [...ids].sort()) {
    if (seen.has(start)) continue
    seen.add(start)
    const part = [start]
    for (const id of part) {
      for (const other of next.get(id) ?? []) {
        if (seen.has(other)) continue
        seen.add(other)
        part.push(other)
      }
    }
    parts.push(part.sort())
  }
  return parts.sort((a, b) => b.length - a.length || (a[0]! < b[0]! ? -1 : 1))
}

/** Lay one connected part out around its own middle. */
function spread(part: readonly string[], bonds: readonly Bond[]): Map<string, Spot> {
  const graph = new Graph({ type: 'undirected' })
  part.forEach((id, n) => {
    const away = 12 * Math.sqrt(n + 0.5)
    graph.addNode(id, { x: away * Math.cos(n * GOLDEN), y: away * Math.sin(n * GOLDEN), size: NODE })
  })
  const inside = bonds.filter(({ source, target }) => source !== target && graph.hasNode(source) && graph.hasNode(target))
  for (const { source, target } of [...inside].sort((a, b) => (a.source + a.target < b.source + b.target ? -1 : 1))) {
    if (!graph.hasEdge(source, target)) graph.addEdge(source, target)
  }
  if (part.length > 2) {
    const many = part.length > 400
    forceAtlas2.assign(graph, {
      iterations: many ? 250 : 900,
      settings: { scalingRatio: 10, gravity: 0.6, slowDown: 4, barnesHutOptimize: many, outboundAttractionDistribution: true, edgeWeightInfluence: 0 },
    })
    scale(graph)
    noverlap.assign(graph, { maxIterations: 400, settings: { margin: 7, ratio: 1, expansion: 1.1, speed: 3 } })
  } else {
    part.forEach((id, n) => graph.mergeNodeAttributes(id, { x: (n - (part.length - 1) / 2) * 90, y: 0 }))
  }
  return new Map(graph.mapNodes((id, { x, y }) => [id, { x: x as number, y: y as number }]))
}

/** Turn a part level, widen its narrow side towards a square, and give every node the same share of the plane. */
function scale(graph: Graph): void {
  const level = upright(new Map(graph.mapNodes((id, { x, y }) => [id, { x: x as number, y: y as number }])))
  const spots = [...level.values()]
  const side = (of: (spot: Spot) => number): number => Math.max(1e-6, Math.max(...spots.map(of)) - Math.min(...spots.map(of)))
  const [width, height] = [side(({ x }) => x), side(({ y }) => y)]
  const stretch = Math.min(MOST_STRETCH, Math.max(1, width / height))
  // A part that is nothing but a line gets room for its length alone.
  const factor = (SHARE * Math.sqrt(graph.order)) / Math.sqrt(width * Math.max(height * stretch, width * LEAST_HEIGHT))
  graph.updateEachNodeAttributes((id, data) => ({ ...data, x: level.get(id)!.x * factor, y: level.get(id)!.y * factor * stretch }))
}

/** Centre a part, and turn its longest axis to lie level. */
export function upright(spots: Map<string, Spot>): Map<string, Spot> {
  const all = [...spots.values()]
  const mean = (of: (spot: Spot) => number): number => all.reduce((sum, spot) => sum + of(spot), 0) / all.length
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)]
  const xx = mean(({ x }) => (x - mx) ** 2)
  const yy = mean(({ y }) => (y - my) ** 2)
  const xy = mean(({ x, y }) => (x - mx) * (y - my))
  const turn = -0.5 * Math.atan2(2 * xy, xx - yy)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return new Map([...spots].map(([id, { x, y }]) => [id, { x: (x - mx) * cos - (y - my) * sin, y: (x - mx) * sin + (y - my) * cos }]))
}

/** Positions of all, by id. */
export function layOut(ids: readonly string[], bonds: readonly Bond[]): Map<string, Spot> {
  const placed = new Map<string, Spot>()
  const directions = ids.length > 600 ? 8 : DIRECTIONS
  for (const part of partsOf(ids, bonds)) {
    const spots = spread(part, bonds)
    const radius = Math.max(...[...spots.values()].map(({ x, y }) => Math.hypot(x, y)))
    const at = placed.size === 0 ? { x: 0, y: 0 } : roomFor(radius, [...placed.values()], directions)
    for (const [id, { x, y }] of spots) placed.set(id, { x: x + at.x, y: y + at.y })
  }
  return placed
}

/** Where a small part goes: of the nearest free places in all directions, the one that keeps the whole smallest. */
function roomFor(radius: number, taken: readonly Spot[], directions: number): Spot {
  const most = Math.max(...taken.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))))
  const free = (at: Spot): boolean => taken.every(({ x, y }) => Math.hypot(x - at.x, y - at.y) > radius + GAP)
  let best = { x: 0, y: 0 }
  let least = Number.POSITIVE_INFINITY
  for (let n = 0; n < directions; n++) {
    const [cos, sin] = [Math.cos((2 * Math.PI * n) / directions), Math.sin((2 * Math.PI * n) / directions)]
    let away = radius
    while (!free({ x: away * cos, y: away * sin })) away += STRIDE
    const at = { x: away * cos, y: away * sin }
    const cost = Math.max(most, Math.abs(at.x) + radius, Math.abs(at.y) + radius) + away / 1000
    if (cost < least) [best, least] = [at, cost]
  }
  return best
}
