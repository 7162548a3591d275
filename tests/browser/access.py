"""What a page must offer to those who do not see it, or see it badly: a few rules of our own, run in the page.

They do not replace a full audit; they hold the faults that are easy to make: a control without a name, an id
given twice, a heading level skipped, text too faint for its ground.
"""

from playwright.sync_api import Page

_RULES = r"""
() => {
  const faults = []
  const seen = (e) => { const s = getComputedStyle(e); return e.getClientRects().length > 0 && s.visibility !== 'hidden' }
  const where = (e) => `${e.localName}${e.id ? '#' + e.id : ''}${e.className && e.className.baseVal === undefined ? '.' + [...e.classList].join('.') : ''} “${(e.textContent || '').trim().slice(0, 40)}”`
  const named = (e) => {
    if ((e.getAttribute('aria-label') || '').trim() || (e.getAttribute('title') || '').trim()) return true
    const by = e.getAttribute('aria-labelledby')
    if (by && by.split(/\s+/).some((id) => document.getElementById(id)?.textContent.trim())) return true
    if (e.labels && [...e.labels].some((l) => l.textContent.trim())) return true
    if (e.matches('input[type=submit], input[type=button]')) return e.value.trim() !== ''
    return !e.matches('input, select, textarea') && (e.textContent.trim() !== '' || [...e.querySelectorAll('img[alt]')].some((i) => i.alt.trim()))
  }
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=region], nav, [role=dialog]'))
    if (seen(e) && !e.closest('[aria-hidden=true]') && !named(e)) faults.push('no name: ' + where(e))
  const navs = [...document.querySelectorAll('nav')].map((n) => n.getAttribute('aria-label'))
  if (new Set(navs).size !== navs.length) faults.push('two navigations of one name: ' + navs.join(', '))
  for (const e of document.querySelectorAll('img:not([alt]), svg:not([aria-hidden=true]):not([aria-label]):not([aria-labelledby]):not([role=img])'))
    if (seen(e) && !e.closest('[aria-hidden=true]') && !e.closest('svg svg')) faults.push('image without words: ' + where(e) + e.outerHTML.slice(0, 80))
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id)
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push('id given twice: ' + id)
  for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], label[for]'))
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
      for (const id of (e.getAttribute(name) || '').split(/\s+/).filter(Boolean))
        if (!document.getElementById(id)) faults.push(`${name} names nothing: ${id}`)
  if (document.querySelectorAll('h1').length !== 1) faults.push('headings of level 1: ' + document.querySelectorAll('h1').length)
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main part')
  let level = 0
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!seen(h)) continue
    const now = Number(h.localName[1])
    if (level && now > level + 1) faults.push(`heading of level ${now} after ${level}: ` + where(h))
    level = now
  }
  for (const t of document.querySelectorAll('table')) {
    if (!t.querySelector('th')) faults.push('table without headings: ' + where(t))
    for (const th of t.querySelectorAll('thead th')) if (!th.hasAttribute('scope') && th.textContent.trim()) faults.push('heading cell without scope: ' + where(th))
  }
  for (const e of document.querySelectorAll('[tabindex]')) if (e.tabIndex > 0) faults.push('order of keys forced: ' + where(e))
  for (const ul of document.querySelectorAll('ul, ol')) for (const c of ul.children)
    if (!c.matches('li, script, template')) faults.push('list with something else than items: ' + where(c))
  for (const dl of document.querySelectorAll('dl')) for (const c of dl.children)
    if (!c.matches('dt, dd, div, script, template')) faults.push('definition list with something else: ' + where(c))
  return faults
}
"""

_CONTRAST = r"""
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
"""


def faults(page: Page) -> list[str]:
    """Names missing, ids given twice, headings out of order, lists and tables badly built."""
    return list(page.evaluate(_RULES))


def faint_text(page: Page) -> list[str]:
    """Text whose contrast with its ground is below 4.5 (3 where it is large), with the ratio found."""
    return list(page.evaluate(_CONTRAST))


_WIDE = r"""
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter((e) => (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
    && !e.closest('.tablewrap, .visually-hidden, .skip-link'))
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 90)).concat(`page of ${document.documentElement.scrollWidth} pixels`)
"""


def too_wide(page: Page) -> list[str]:
    """What makes a page wider than its window, so that one would have to scroll sideways."""
    return list(page.evaluate(_WIDE))
