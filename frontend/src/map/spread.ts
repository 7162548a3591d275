/**
 * Several clusters stand in one town. They are laid out as a bunch around it, and bunches that would cover each
 * other are pushed apart; a thin line then leads back to the town. The same data always give the same picture.
 */

/** Distance between two neighbours of a bunch, in pixels. */
export const PITCH = 23
/** Half a symbol, in pixels. */
const HALF = 12
const ROUNDS = 60
/** Displacement below which no leader is drawn, in pixels. */
const LEADER = 9

export interface Bunch {
  /** Position of the place in pixels of the world at this zoom. */
  x: number
  y: number
  size: number
}

export interface Placed {
  /** Centre of the bunch, from its place, in pixels. */
  dx: number
  dy: number
  /** Radius of the bunch in pixels. */
  radius: number
  led: boolean
}

/** The first `count` cells of a honeycomb, from the centre outwards, centred on their middle. */
export function honeycomb(count: number): [number, number][] {
  if (count === 1) return [[0, 0]]
  const cells: [number, number][] = []
  const rings = Math.ceil(Math.sqrt(count)) + 1
  for (let q = -rings; q <= rings; q++) {
    for (let r = -rings; r <= rings; r++) cells.push([PITCH * (q + r / 2), PITCH * r * (Math.sqrt(3) / 2)])
  }
  // Two and three sit best around a gap; larger bunches around a cell.
  const [cx, cy] = count === 2 ? [PITCH / 2, 0] : count <= 4 ? [PITCH / 2, PITCH * 0.29] : [0, 0]
  const rank = ([x, y]: [number, number]): number => Math.round(Math.hypot(x - cx, y - cy) * 100)
  cells.sort((a, b) => rank(a) - rank(b) || a[1] - b[1] || a[0] - b[0])
  const kept = cells.slice(0, count)
  const mx = kept.reduce((sum, [x]) => sum + x, 0) / count
  const my = kept.reduce((sum, [, y]) => sum + y, 0) / count
  return kept.map(([x, y]) => [x - mx, y - my])
}

/** Radius that holds a bunch of `size` symbols. */
export function radiusOf(size: number): number {
  return Math.max(...honeycomb(size).map(([x, y]) => Math.hypot(x, y))) + HALF
}

/** Push bunches apart until none covers another, each held back by its own place. */
export function settle(bunches: readonly Bunch[]): Placed[] {
  const radii = bunches.map(({ size }) => radiusOf(size))
  const at = bunches.map(({ x, y }) => ({ x, y }))
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false
    for (let i = 0; i < at.length; i++) {
      for (let j = i + 1; j < at.length; j++) {
        const [a, b] = [at[i]!, at[j]!]
        const apart = radii[i]! + radii[j]!
        let [ux, uy] = [b.x - a.x, b.y - a.y]
        const distance = Math.hypot(ux, uy)
        if (distance >= apart) continue
        moved = true
        if (distance < 0.01) [ux, uy] = [Math.cos(i + j), Math.sin(i + j)]
        else [ux, uy] = [ux / distance, uy / distance]
        // The smaller bunch yields more: a single symbol moves before ten do.
        const share = radii[j]! / apart
        const push = (apart - distance) * 0.5
        a.x -= ux * push * share
        a.y -= uy * push * share
        b.x += ux * push * (1 - share)
        b.y += uy * push * (1 - share)
      }
    }
    if (!moved) break
  }
  return bunches.map(({ x, y }, i) => {
    const [dx, dy] = [at[i]!.x - x, at[i]!.y - y]
    return { dx, dy, radius: radii[i]!, led: Math.hypot(dx, dy) > LEADER }
  })
}

/** World pixels of a position at a zoom (web Mercator, tiles of 512). */
export function toPixels([lon, lat]: readonly [number, number], zoom: number): [number, number] {
  const world = 512 * 2 ** zoom
  const sine = Math.sin((lat * Math.PI) / 180)
  return [world * (lon / 360 + 0.5), world * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))]
}

/** Position of world pixels at a zoom: the inverse of `toPixels`. */
export function toPosition([x, y]: readonly [number, number], zoom: number): [number, number] {
  const world = 512 * 2 ** zoom
  return [(x / world - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI]
}

const STEPS = 24
const BEND = 0.14

/** Bow of a link between two positions, so that there and back, and links along one line, stay apart. */
export function bow(from: readonly [number, number], to: readonly [number, number]): [number, number][] {
  const [ax, ay] = toPixels(from, 0)
  const [bx, by] = toPixels(to, 0)
  const [mx, my] = [(ax + bx) / 2 + (by - ay) * BEND, (ay + by) / 2 - (bx - ax) * BEND]
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    return toPosition([p * ax + q * mx + r * bx, p * ay + q * my + r * by], 0)
  })
}
