/**
 * The legend of the study, drawn: sector is the colour, anchoring the shape, maturity the fill.
 *
 * One set of paths serves the map (canvas) and pages (SVG), in a box of 20 by 20 units.
 */

export type State = 'constituted' | 'emerging' | 'expected' | 'potential'
export type Anchoring = 'rooted' | 'constructed' | null

/** What decides how a feature looks; a form other than a cluster has neither sector nor state. */
export interface Look {
  kind: 'cluster' | 'form'
  sector: number | null
  state: State | null
  anchoring: Anchoring
  /** The place is provisional, or another one is printed too. */
  ring: boolean
  /** Kind of form: a pole is a hexagon, anything else a triangle. */
  formKind?: string | null
}

/** Side of the box every path is drawn in. */
export const BOX = 20

const SHAPES = {
  rooted: 'M10 3.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z',
  constructed: 'M4.4 4.4h11.2v11.2h-11.2z',
  none: 'M10 2.6l7.4 7.4l-7.4 7.4l-7.4-7.4z',
  hexagon: 'M10 3l6.1 3.5v7l-6.1 3.5l-6.1-3.5v-7z',
  triangle: 'M10 3.4l7 12.2h-14z',
} as const
/** Strokes cut to each shape, so that no clip path with an id is needed in a page. */
const HATCHES = {
  rooted: 'M3.9 9.1L9.1 3.9M4.9 13.1L13.1 4.9M7.1 15.9L15.9 7.1M11.4 16.2L16.2 11.4',
  constructed: 'M4.8 8.2L8.2 4.8M4.8 12.4L12.4 4.8M5.2 15.2L15.2 5.2M8.6 15.2L15.2 8.6M12.6 15.2L15.2 12.6',
  none: 'M4.6 8L8 11.4M6.4 6.2L13.8 13.6M8.2 4.4L15.6 11.8M4.4 11.6L8.4 15.6M11.4 3.9L16.1 8.6',
} as const
const RING = 'M10 0.6a9.4 9.4 0 1 1 0 18.8a9.4 9.4 0 1 1 0-18.8z'

const POLE = /pole|pôle/i

/** Name of the shape of a feature. */
export function shapeOf(look: Look): keyof typeof SHAPES {
  if (look.kind === 'form') return look.formKind && POLE.test(look.formKind) ? 'hexagon' : 'triangle'
  return look.anchoring ?? 'none'
}

/** How the inside is drawn: solid, hatched, or empty for what is only expected. */
export function fillOf(look: Look): 'solid' | 'hatched' | 'outline' {
  if (look.kind === 'form') return 'outline'
  if (look.state === 'constituted') return 'solid'
  return look.state === 'emerging' ? 'hatched' : 'outline'
}

/** One name per distinct drawing; the map registers an image under it. */
export function symbolName(look: Look): string {
  const colour = look.kind === 'form' ? 'form' : `s${look.sector ?? 0}`
  return [colour, shapeOf(look), fillOf(look), look.ring ? 'ring' : ''].filter(Boolean).join('-')
}

export interface Ink {
  fill: string
  paper: string
  ink: string
}

/** Draw a symbol into a square of `size` device pixels. */
export function drawSymbol(context: CanvasRenderingContext2D, look: Look, size: number, { fill, paper, ink }: Ink): void {
  const shape = shapeOf(look)
  const path = new Path2D(SHAPES[shape])
  context.save()
  context.scale(size / BOX, size / BOX)
  context.lineJoin = 'round'
  // A thin margin of paper keeps neighbours apart where symbols touch.
  context.strokeStyle = paper
  context.lineWidth = 3.6
  context.stroke(path)
  const style = fillOf(look)
  context.fillStyle = style === 'solid' ? fill : paper
  context.fill(path)
  context.strokeStyle = fill
  if (style === 'hatched') {
    context.lineWidth = 1.5
    context.stroke(new Path2D(HATCHES[shape as keyof typeof HATCHES]))
  }
  context.lineWidth = 1.7
  context.stroke(path)
  if (look.ring) {
    context.strokeStyle = ink
    context.lineWidth = 0.95
    context.setLineDash([2.3, 1.9])
    context.stroke(new Path2D(RING))
  }
  context.restore()
}

/** The same symbol as inline SVG, coloured by the style sheet; `label` is its text for screen readers. */
export function symbolSvg(look: Look, label?: string): string {
  const shape = shapeOf(look)
  const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const name = label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escape(label)}"`
  const hatch = fillOf(look) === 'hatched' ? `<path class="mark__hatch" d="${HATCHES[shape as keyof typeof HATCHES]}"/>` : ''
  const ring = look.ring ? `<path class="mark__ring" d="${RING}"/>` : ''
  return (
    `<svg class="mark" viewBox="0 0 ${BOX} ${BOX}" data-kind="${look.kind}" data-sector="${look.sector ?? ''}"` +
    ` data-state="${look.state ?? ''}" ${name}><path class="mark__shape" d="${SHAPES[shape]}"/>${hatch}${ring}</svg>`
  )
}
