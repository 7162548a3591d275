() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  const read = (text) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = text; pen.fillRect(0, 0, 1, 1); const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255] }
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0)
  const canvasOf = (scheme) => scheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1]
  const ground = (e) => {
    const layers = []
    for (let n = e; n; n = n.parentElement) {
      const s = getComputedStyle(n)
      if (s.backgroundImage !== 'none') return null
      const c = read(s.backgroundColor); layers.push(c)
      if (c[3] === 1) break
    }
    let under = canvasOf(getComputedStyle(document.documentElement).colorScheme)
    for (const c of layers.reverse()) under = over(c, under)
    return under
  }
  const faults = new Map()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const done = new Set()
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement
    if (!walk.currentNode.data.trim() || done.has(e)) continue
    done.add(e)
    const s = getComputedStyle(e)
    if (e.getClientRects().length === 0 || s.visibility === 'hidden' || e.closest('#map, .minimap, svg, [aria-hidden=true], .visually-hidden, .skip-link, [disabled]')) continue
    const under = ground(e)
    if (under === null) continue
    const ink = over(read(s.color), under)
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    const size = parseFloat(s.fontSize), big = size >= 24 || (size >= 18.66 && Number(s.fontWeight) >= 700)
    if (ratio < (big ? 3 : 4.5) - 0.01) faults.set(`${e.localName}.${[...e.classList].join('.')}`, `${ratio.toFixed(2)} ${e.localName}.${[...e.classList].join('.')} “${e.textContent.trim().slice(0, 30)}”`)
  }
  return [...faults.values()]
}
