/**
 * Source marks: `a.cite[data-printed]` shows what the source prints, beside the value it supports.
 *
 * The mark stays a link to its statement: a click with a modifier, or a browser without popovers, follows it.
 */

const GAP = 6
const EDGE = 12

function build(): HTMLElement {
  const box = document.createElement('div')
  box.id = 'cite-popover'
  box.className = 'cite-popover'
  box.popover = 'auto'
  box.tabIndex = -1
  box.setAttribute('role', 'dialog')
  document.body.append(box)
  return box
}

function fill(box: HTMLElement, mark: HTMLAnchorElement): void {
  const { printed = '', source = '', part = '', locator = '', lang = '' } = mark.dataset
  const quote = document.createElement('q')
  quote.textContent = printed
  quote.dir = 'auto'
  if (lang !== '') quote.lang = lang
  const origin = document.createElement('p')
  const link = document.createElement('a')
  link.href = mark.href
  link.textContent = source === '' ? mark.textContent : source
  origin.append(link)
  const where = [part, locator].filter((text) => text !== '').join(', ')
  if (where !== '') origin.append(`, ${where}`)
  box.setAttribute('aria-label', [source, where].filter(Boolean).join(', '))
  box.replaceChildren(...(printed === '' ? [origin] : [quote, origin]))
}

function place(box: HTMLElement, mark: HTMLElement): void {
  const at = mark.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const rtl = getComputedStyle(mark).direction === 'rtl'
  const left = rtl ? at.right - width : at.left
  const below = at.bottom + GAP + height + EDGE <= innerHeight
  box.style.left = `${Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - width - EDGE)) + scrollX}px`
  box.style.top = `${(below ? at.bottom + GAP : Math.max(EDGE, at.top - GAP - height)) + scrollY}px`
}

export function startCitations(): void {
  if (!('showPopover' in HTMLElement.prototype)) return
  let box: HTMLElement | null = null
  document.addEventListener('click', (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const mark = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.cite[data-printed]') : null
    if (mark === null) return
    event.preventDefault()
    box ??= build()
    const shown = box
    if (shown.matches(':popover-open')) shown.hidePopover()
    fill(shown, mark)
    shown.showPopover()
    place(shown, mark)
    shown.focus({ preventScroll: true })
    mark.setAttribute('aria-expanded', 'true')
    const closed = (change: Event): void => {
      if ((change as ToggleEvent).newState !== 'closed') return
      shown.removeEventListener('toggle', closed)
      mark.removeAttribute('aria-expanded')
      // Closed by Escape, the reader goes on reading where the mark stands.
      if (document.activeElement === document.body || shown.contains(document.activeElement)) mark.focus({ preventScroll: true })
    }
    shown.addEventListener('toggle', closed)
  })
}
