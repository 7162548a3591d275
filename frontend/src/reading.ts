/**
 * Going through a reading without leaving the page: decisions are sent in the background, keys move and decide, a line
 * and the proposals that rest on it show each other. All of it works without this script, a page at a time.
 */
import { swap } from './site/live'

const TYPING = 'input, select, textarea, [contenteditable]'

const proposals = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.prop')]

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('.prop') ?? document.querySelector<HTMLElement>('.prop.is-current')
}

/** The proposal that a step of `by` leads to; the first that is still to decide when none is chosen. */
export function after<T>(all: readonly T[], now: T | null, by: number): T | undefined {
  if (now === null) return all[0]
  return all[Math.max(0, Math.min(all.length - 1, all.indexOf(now) + by))]
}

function show(one: HTMLElement): void {
  for (const old of document.querySelectorAll('.is-current, .is-shown')) old.classList.remove('is-current', 'is-shown')
  one.classList.add('is-current', 'is-shown')
  one.focus({ preventScroll: true })
  one.scrollIntoView({ block: 'nearest' })
  let first: HTMLElement | null = null
  for (const number of (one.dataset.lines ?? '').split(' ').filter(Boolean)) {
    const line = document.getElementById(`l${number}`)
    line?.classList.add('is-shown')
    first ??= line
  }
  if (first !== null) bring(first)
}

/** Scroll the box of the lines alone, never the page. */
function bring(line: HTMLElement): void {
  const box = document.getElementById('lines')
  if (box === null) return
  const place = line.getBoundingClientRect()
  const frame = box.getBoundingClientRect()
  if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - frame.height / 3
}

function showLine(link: HTMLElement): void {
  for (const old of document.querySelectorAll('.is-current, .is-shown')) old.classList.remove('is-current', 'is-shown')
  link.closest('.line')?.classList.add('is-shown')
  const codes = (link.dataset.codes ?? '').split(' ')
  for (const code of codes) document.getElementById(code)?.classList.add('is-shown')
  const first = document.getElementById(codes[0] ?? '')
  first?.classList.add('is-current')
  first?.focus({ preventScroll: true })
  first?.scrollIntoView({ block: 'center' })
}

let busy = false

/** Send a form in the background and take the page that answers; whatever goes wrong is done the plain way. */
async function send(form: HTMLFormElement, button: HTMLButtonElement | null, then: string | undefined): Promise<void> {
  if (busy) return
  busy = true
  const box = document.getElementById('lines')
  const at = box?.scrollTop ?? 0
  const data = new FormData(form, button)
  try {
    const answer = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (page.getElementById('reading') === null) throw new Error(`${form.action}: status ${answer.status}, a reading was expected`)
    swap(page, document)
    const lines = document.getElementById('lines')
    if (lines !== null) lines.scrollTop = at
    ready()
    const refused = document.querySelector<HTMLElement>('#reading [role="alert"]')
    if (refused !== null) refused.scrollIntoView({ block: 'center' })
    else {
      const next = then === undefined ? null : document.getElementById(then)
      if (next !== null) show(next)
    }
  } catch {
    location.reload()
  } finally {
    busy = false
  }
}

function ready(): void {
  const keys = document.querySelector<HTMLElement>('.reading__keys')
  if (keys !== null) keys.hidden = false
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.id !== 'decide') return
  event.preventDefault()
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null
  const from = button?.closest<HTMLElement>('.prop') ?? null
  const onward = from !== null && button?.name !== 'undo' ? after(proposals(), from, 1) : from
  void send(form, button, onward?.id)
})

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null
  const line = target?.closest<HTMLElement>('a[data-codes]')
  if (line !== null && line !== undefined) {
    event.preventDefault()
    showLine(line)
    return
  }
  const back = target?.closest<HTMLElement>('a[data-line]')
  const one = back?.closest<HTMLElement>('.prop')
  if (one !== null && one !== undefined) {
    event.preventDefault()
    show(one)
  }
})

document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.id === 'sheet') event.target.form?.requestSubmit()
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element) || event.target.closest(TYPING) !== null) return
  if (event.key === 'j' || event.key === 'k') {
    const next = after(proposals(), current(), event.key === 'j' ? 1 : -1)
    if (next !== undefined) {
      event.preventDefault()
      show(next)
    }
    return
  }
  if (!['a', 'r', 'u', 'e'].includes(event.key)) return
  const deed = current()?.querySelector<HTMLElement>(`[data-key="${event.key}"]`)
  if (deed === null || deed === undefined) return
  event.preventDefault()
  deed.click()
})

ready()
