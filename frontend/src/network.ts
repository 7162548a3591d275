/** Loaded by the network page alone: draws each `.graph[data-graph]`. The tables below it need none of this. */
import { Graphic } from './network/graphic'
import { toPng, toSvg } from './network/picture'

function drawable(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Buttons outside the drawing work once there is a drawing: they are hidden until then. */
function bindButtons(graphic: Graphic): void {
  const acts: Record<string, () => void> = {
    in: () => graphic.zoom(1 / 1.4),
    out: () => graphic.zoom(1.4),
    home: () => graphic.home(),
    svg: () => save(new Blob([toSvg(graphic.picture())], { type: 'image/svg+xml' }), 'network.svg'),
    png: () => void toPng(graphic.picture()).then((blob) => save(blob, 'network.png')),
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-graph-act]')) {
    const act = acts[button.dataset.graphAct ?? '']
    if (act === undefined) continue
    button.addEventListener('click', act)
    for (const part of [button, button.closest<HTMLElement>('[data-needs-graph]')]) if (part !== null) part.hidden = false
  }
}

async function open(host: HTMLElement): Promise<void> {
  try {
    if (!drawable()) throw new Error('network: this browser offers no WebGL 2')
    const graphic = await Graphic.open(host)
    bindButtons(graphic)
    // Names make way for the buttons that are there now.
    graphic.redraw()
    host.dataset.ready = ''
  } catch (error) {
    host.dataset.failed = ''
    const words = host.querySelector<HTMLElement>('[data-when-failed]')
    if (words !== null) words.hidden = false
    console.warn(error)
  }
}

for (const host of document.querySelectorAll<HTMLElement>('.graph[data-graph]')) void open(host)
