/** Names beside nodes, as many as have room: the weightiest first, none over another or over a node. */

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Wanted {
  id: string
  /** Middle of the node and its radius, in pixels of the view. */
  x: number
  y: number
  radius: number
  /** Width of its name. */
  width: number
  weight: number
  /** Shown whatever the room. */
  must: boolean
}

export interface Placed {
  id: string
  /** Middle of the text. */
  x: number
  y: number
}

export interface View {
  width: number
  height: number
  /** Height of a line of text. */
  line: number
  /** Text reads from right to left: the left side of a node is tried first. */
  rtl: boolean
  /** What lies over the view, such as buttons. */
  covered?: readonly Box[]
}

/** Nodes lighter than this share of a name's own node may be covered by it. */
const YIELDS = 0.72

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Find room for names. Slow and plain, each against each: there are a few hundred. */
export function placeLabels(wanted: readonly Wanted[], { width, height, line, rtl, covered = [] }: View): Placed[] {
  const disks = wanted.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }))
  const taken: Box[] = [...covered]
  const placed: Placed[] = []
  const order = wanted.map((_, n) => n).sort((a, b) => Number(wanted[b]!.must) - Number(wanted[a]!.must) || wanted[b]!.weight - wanted[a]!.weight || (wanted[a]!.id < wanted[b]!.id ? -1 : 1))
  for (const n of order) {
    const one = wanted[n]!
    if (one.x < 0 || one.y < 0 || one.x > width || one.y > height) continue
    const away = one.radius + 6
    const side = rtl ? -1 : 1
    const middles: [number, number][] = [
      [one.x + side * (away + one.width / 2), one.y],
      [one.x - side * (away + one.width / 2), one.y],
      [one.x, one.y + away + line / 2],
      [one.x, one.y - away - line / 2],
      [one.x + side * (away * 0.6 + one.width / 2), one.y + away * 0.6 + line / 2],
      [one.x + side * (away * 0.6 + one.width / 2), one.y - away * 0.6 - line / 2],
      [one.x - side * (away * 0.6 + one.width / 2), one.y + away * 0.6 + line / 2],
      [one.x - side * (away * 0.6 + one.width / 2), one.y - away * 0.6 - line / 2],
    ]
    const boxOf = ([x, y]: [number, number]): Box => ({ left: x - one.width / 2 - 3, right: x + one.width / 2 + 3, top: y - line / 2, bottom: y + line / 2 })
    const inside = ({ left, right, top, bottom }: Box): boolean => left >= 2 && right <= width - 2 && top >= 2 && bottom <= height - 2
    const untaken = (box: Box): boolean => inside(box) && !taken.some((other) => meets(box, other))
    const uncovering = (box: Box, least: number): boolean => !disks.some((disk, other) => other !== n && wanted[other]!.weight >= least && meets(box, disk))
    // A weighty name may lie over nodes of less weight, before it is left out.
    const free =
      middles.find((middle) => untaken(boxOf(middle)) && uncovering(boxOf(middle), 0)) ??
      middles.find((middle) => untaken(boxOf(middle)) && uncovering(boxOf(middle), one.weight * YIELDS))
    const chosen = free ?? (one.must ? (middles.find((middle) => untaken(boxOf(middle))) ?? middles[0]) : undefined)
    if (chosen === undefined) continue
    taken.push(boxOf(chosen))
    placed.push({ id: one.id, x: chosen[0], y: chosen[1] })
  }
  return placed
}

/** A name cut to what a label can hold; the whole stands in the table. */
export function shorten(name: string, longest = 30): string {
  const letters = [...name]
  if (letters.length <= longest) return name
  const cut = letters.slice(0, longest - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > longest * 0.55 ? cut.slice(0, space) : cut).trimEnd()}…`
}
