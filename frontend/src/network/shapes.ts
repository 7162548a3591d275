/** Kinds of actor as shapes, one description for the canvas, the downloads and the legend of the page. */

/** Corners (0: round) and the direction of the first one, in turns of half a circle; up is -1/2. */
export interface Shape {
  corners: number
  turn: number
}

const UP = -0.5
export const SHAPES: Readonly<Record<string, Shape>> = {
  cluster: { corners: 0, turn: 0 },
  organisation: { corners: 4, turn: 0.25 },
  form: { corners: 6, turn: UP },
  programme: { corners: 4, turn: UP },
  event: { corners: 3, turn: UP },
  project: { corners: 5, turn: UP },
  place: { corners: 3, turn: 0.5 },
}
const OTHER: Shape = { corners: 8, turn: 0.125 }

export const shapeOf = (kind: string): Shape => SHAPES[kind] ?? OTHER

/** Factor by which a polygon reaches further than a disk of the same area. */
export function reach({ corners }: Shape): number {
  return corners === 0 ? 1 : Math.sqrt((2 * Math.PI) / (corners * Math.sin((2 * Math.PI) / corners)))
}

/** Maturity is the fill, as everywhere in the atlas; only clusters have one. */
export type Fill = 'solid' | 'hatched' | 'outline'
export function fillOf(kind: string, state: string | null): Fill {
  if (kind !== 'cluster' || state === 'constituted') return 'solid'
  return state === 'emerging' ? 'hatched' : 'outline'
}

/** Corners of a shape of radius `r` around a point. */
export function cornersOf(shape: Shape, x: number, y: number, r: number): [number, number][] {
  const far = r * reach(shape)
  return Array.from({ length: shape.corners }, (_, n) => {
    const angle = Math.PI * shape.turn + (2 * Math.PI * n) / shape.corners
    return [x + far * Math.cos(angle), y + far * Math.sin(angle)]
  })
}
