/** The graph as a picture to keep: the same lines, marks and names as on the screen, with title, legend and source. */
import { cornersOf, type Fill, type Shape } from './shapes'

export interface Line {
  from: [number, number]
  to: [number, number]
  color: string
  width: number
  dashed: boolean
  naming: -1 | 0 | 1
}

export interface Mark {
  at: [number, number]
  radius: number
  color: string
  shape: Shape
  fill: Fill
}

export interface Text {
  at: [number, number]
  words: string
  size: number
  bold: boolean
  /** Width on the screen: another face, where ours is not installed, is made to fit it. */
  width: number
}

export interface Picture {
  width: number
  height: number
  paper: string
  ink: string
  soft: string
  rtl: boolean
  lines: readonly Line[]
  marks: readonly Mark[]
  texts: readonly Text[]
  title: string
  source: string
  legend: readonly { words: string; color: string; line: boolean }[]
}

const FONT = '"Grappe Sans", "Source Sans 3", "IBM Plex Sans Arabic", "Segoe UI", sans-serif'
const MARGIN = 24
const HEAD = 56
const LEGEND_ROW = 20
const LEGEND_COLUMN = 300

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const round = (value: number): string => String(Math.round(value * 100) / 100)

/** The parts of a tie: one, or a thick half and a thin one where a single end tells of it. */
export function strokesOf({ from, to, width, naming }: Line): { from: [number, number]; to: [number, number]; width: number }[] {
  if (naming === 0) return [{ from, to, width }]
  const middle: [number, number] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
  const thin = Math.max(0.6, width * 0.28)
  return [
    { from, to: middle, width: naming > 0 ? width : thin },
    { from: middle, to, width: naming > 0 ? thin : width },
  ]
}

function outline({ shape, at: [x, y], radius }: Mark): string {
  if (shape.corners === 0) return `M${round(x - radius)} ${round(y)}a${round(radius)} ${round(radius)} 0 1 0 ${round(2 * radius)} 0a${round(radius)} ${round(radius)} 0 1 0 ${round(-2 * radius)} 0z`
  return `${cornersOf(shape, x, y, radius).map(([a, b], n) => `${n === 0 ? 'M' : 'L'}${round(a)} ${round(b)}`).join('')}z`
}

/** Strokes inside a mark, cut to the disk that its shape holds. */
function hatching({ at: [x, y], radius }: Mark): string {
  const inside = radius * 0.8
  let path = ''
  for (let away = -inside + 2; away < inside; away += 3.2) {
    const half = Math.sqrt(Math.max(0, inside * inside - away * away))
    const [mx, my] = [x + away * Math.SQRT1_2, y + away * Math.SQRT1_2]
    path += `M${round(mx - half * Math.SQRT1_2)} ${round(my + half * Math.SQRT1_2)}L${round(mx + half * Math.SQRT1_2)} ${round(my - half * Math.SQRT1_2)}`
  }
  return path
}

interface Sheet {
  width: number
  height: number
  legendTop: number
  columns: number
}

function sheetOf(picture: Picture): Sheet {
  const width = picture.width + 2 * MARGIN
  const columns = Math.max(1, Math.floor(picture.width / LEGEND_COLUMN))
  const legendTop = HEAD + picture.height + 22
  return { width, columns, legendTop, height: legendTop + Math.ceil(picture.legend.length / columns) * LEGEND_ROW + 36 }
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/

/** Which way a text runs by its own letters, and which of its ends stands at the given point. */
export function runOf(words: string, anchor: Anchor, rtl: boolean): { rtl: boolean; anchor: 'start' | 'middle' | 'end' } {
  const own = RIGHT_TO_LEFT.test(words)
  return { rtl: own, anchor: anchor === 'middle' ? 'middle' : own === rtl ? 'start' : 'end' }
}

type Anchor = 'start' | 'middle'

/** A drawing board: SVG text and canvas answer to the same strokes. */
interface Board {
  line(from: [number, number], to: [number, number], color: string, width: number, dashed: boolean): void
  path(d: string, fill: string, stroke: string, width: number): void
  text(words: string, x: number, y: number, size: number, color: string, anchor: Anchor, bold: boolean, fit: number | null): void
}

function draw(picture: Picture, board: Board): void {
  const { width, legendTop, columns, height } = sheetOf(picture)
  const { paper, ink, soft, rtl } = picture
  const edge = rtl ? width - MARGIN : MARGIN
  board.text(picture.title, edge, 34, 20, ink, 'start', true, null)
  const [dx, dy] = [MARGIN, HEAD]
  const moved = ([x, y]: [number, number]): [number, number] => [x + dx, y + dy]
  for (const line of picture.lines) for (const { from, to, width: w } of strokesOf(line)) board.line(moved(from), moved(to), line.color, w, line.dashed)
  for (const given of picture.marks) {
    const mark = { ...given, at: moved(given.at) }
    board.path(outline({ ...mark, radius: mark.radius + 1.2 }), paper, paper, 0)
    board.path(outline({ ...mark, radius: mark.radius - 0.7 }), mark.fill === 'solid' ? mark.color : paper, mark.color, 1.5)
    if (mark.fill === 'hatched') board.path(hatching(mark), 'none', mark.color, 1.3)
  }
  for (const { at, words, size, bold, width: fit } of picture.texts) {
    const [x, y] = moved(at)
    board.text(words, x, y + size * 0.35, size, ink, 'middle', bold, fit)
  }
  picture.legend.forEach(({ words, color, line }, n) => {
    const x0 = MARGIN + (n % columns) * (picture.width / columns)
    const x = rtl ? width - x0 : x0
    const y = legendTop + Math.floor(n / columns) * LEGEND_ROW
    const side = rtl ? -1 : 1
    if (line) board.line([x, y], [x + side * 20, y], color, 2.5, false)
    else board.path(outline({ at: [x + side * 10, y], radius: 6, color, shape: { corners: 0, turn: 0 }, fill: 'solid' }), color, color, 0)
    board.text(words, x + side * 28, y + 4.5, 13, ink, 'start', false, null)
  })
  board.text(picture.source, edge, height - 14, 12, soft, 'start', false, null)
}

/** The picture as an SVG document. */
export function toSvg(picture: Picture): string {
  const { width, height } = sheetOf(picture)
  const parts: string[] = []
  draw(picture, {
    line: (from, to, color, w, dashed) => parts.push(`<path d="M${from.map(round).join(' ')}L${to.map(round).join(' ')}" stroke="${color}" stroke-width="${round(w)}" fill="none"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`),
    path: (d, fill, stroke, w) => parts.push(`<path d="${d}" fill="${fill}"${w > 0 ? ` stroke="${stroke}" stroke-width="${w}" stroke-linejoin="round"` : ''}/>`),
    text: (words, x, y, size, color, anchor, bold, fit) => {
      const run = runOf(words, anchor, picture.rtl)
      const more = [
        bold ? ' font-weight="600"' : '',
        run.rtl ? ' direction="rtl"' : '',
        fit === null ? '' : ` textLength="${round(fit)}" lengthAdjust="spacingAndGlyphs" stroke="${picture.paper}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"`,
      ]
      parts.push(`<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${color}" text-anchor="${run.anchor}"${more.join('')}>${escape(words)}</text>`)
    },
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${escape(FONT)}" role="img">` +
    `<title>${escape(picture.title)}</title><rect width="100%" height="100%" fill="${picture.paper}"/>${parts.join('')}</svg>\n`
  )
}

/** The picture as PNG, `ratio` pixels to the unit. */
export async function toPng(picture: Picture, ratio = 2): Promise<Blob> {
  const { width, height } = sheetOf(picture)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('picture: this browser offers no canvas')
  context.scale(ratio, ratio)
  context.fillStyle = picture.paper
  context.fillRect(0, 0, width, height)
  context.lineJoin = 'round'
  draw(picture, {
    line: (from, to, color, w, dashed) => {
      context.setLineDash(dashed ? [4, 3] : [])
      context.strokeStyle = color
      context.lineWidth = w
      context.beginPath()
      context.moveTo(...from)
      context.lineTo(...to)
      context.stroke()
      context.setLineDash([])
    },
    path: (d, fill, stroke, w) => {
      const path = new Path2D(d)
      if (fill !== 'none') {
        context.fillStyle = fill
        context.fill(path)
      }
      if (w > 0) {
        context.strokeStyle = stroke
        context.lineWidth = w
        context.stroke(path)
      }
    },
    text: (words, x, y, size, color, anchor, bold, fit) => {
      const run = runOf(words, anchor, picture.rtl)
      context.font = `${bold ? 600 : 400} ${size}px ${FONT}`
      context.direction = run.rtl ? 'rtl' : 'ltr'
      context.textAlign = run.anchor === 'middle' ? 'center' : run.anchor
      if (fit !== null) {
        context.strokeStyle = picture.paper
        context.lineWidth = 3
        context.strokeText(words, x, y)
      }
      context.fillStyle = color
      context.fillText(words, x, y)
    },
  })
  return await new Promise((done, refuse) => canvas.toBlob((blob) => (blob === null ? refuse(new Error('picture: nothing drawn')) : done(blob)), 'image/png'))
}
