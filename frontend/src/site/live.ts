/**
 * Live forms: `form[data-live]` answers each change without leaving the page.
 *
 * The form's own address is fetched with the new query, and every element that bears `data-swap` and an id is
 * replaced by its counterpart in the answer: content and `data-*` attributes, or with `data-swap="attributes"` the
 * attributes alone. Without script, or when the request fails, the form is submitted as any other.
 */

const DEBOUNCE_MS = 250
const TYPED = new Set(['text', 'search', 'number', ''])

/** Address of a form's question: empty answers are left out, `sel` and the place of the map stay. */
export function addressOf(form: HTMLFormElement, here: URL): URL {
  const url = new URL(form.action, here)
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') query.append(name, value)
  }
  const selected = here.searchParams.get('sel')
  if (selected !== null && !query.has('sel')) query.set('sel', selected)
  url.search = query.toString()
  url.hash = here.hash
  return url
}

/** Bring the `[data-swap]` elements of `into` to the state they have in `from`. */
export function swap(from: Document, into: Document): void {
  for (const old of into.querySelectorAll<HTMLElement>('[data-swap][id]')) {
    const fresh = from.getElementById(old.id)
    if (fresh === null) continue
    if (old.dataset.swap !== 'attributes') old.replaceChildren(...[...fresh.childNodes].map((node) => into.importNode(node, true)))
    for (const { name, value } of fresh.attributes) {
      if (name.startsWith('data-') && name !== 'data-swap' && old.getAttribute(name) !== value) old.setAttribute(name, value)
    }
    old.removeAttribute('aria-busy')
  }
}

/** Give the controls of the live forms the answers they have in `from` (after a step back in the history). */
function syncControls(from: Document): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-live]')) {
    const fresh = form.id === '' ? from.querySelector<HTMLFormElement>('form[data-live]') : from.getElementById(form.id)
    if (!(fresh instanceof HTMLFormElement)) continue
    for (const control of form.elements) {
      const same = [...fresh.elements].find(
        (other) =>
          other instanceof control.constructor &&
          (other as HTMLInputElement).name === (control as HTMLInputElement).name &&
          (!(control instanceof HTMLInputElement && /checkbox|radio/.test(control.type)) || (other as HTMLInputElement).value === control.value),
      )
      if (same === undefined) continue
      if (control instanceof HTMLInputElement && /checkbox|radio/.test(control.type)) control.checked = (same as HTMLInputElement).checked
      else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = (same as HTMLInputElement).value
    }
  }
}

let pending: AbortController | null = null
let shownAt = ''

const question = (url: URL): string => url.pathname + url.search

/** Fetch a page and swap its parts in; resolves to the page, or null when a later question overtook this one. */
async function load(url: URL): Promise<Document | null> {
  pending?.abort()
  const mine = new AbortController()
  pending = mine
  for (const part of document.querySelectorAll('[data-swap]:not([data-swap="attributes"])')) part.setAttribute('aria-busy', 'true')
  try {
    const response = await fetch(url, { headers: { Accept: 'text/html' }, signal: mine.signal })
    // A refused question comes back as a page too: leave for it, the reader then sees the message whole.
    if (!response.ok) throw new Error(`${url.pathname}: status ${response.status}, a page was expected`)
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    swap(page, document)
    document.title = page.title
    shownAt = question(url)
    announce()
    return page
  } catch (error) {
    if (mine.signal.aborted) return null
    throw error
  }
}

/** Say the new count: `#status` is a live region, its words come from the page or from `#results[data-count-text]`. */
function announce(): void {
  const status = document.getElementById('status')
  const words = document.getElementById('results')?.dataset.countText
  if (status !== null && words !== undefined) status.textContent = words
}

async function ask(form: HTMLFormElement): Promise<void> {
  const url = addressOf(form, new URL(location.href))
  if (question(url) === question(new URL(location.href))) return
  try {
    if ((await load(url)) !== null) history.pushState(null, '', url)
  } catch {
    location.assign(url)
  }
}

export function startLive(): void {
  if (document.querySelector('form[data-live]') === null) return
  shownAt = question(new URL(location.href))
  let timer = 0
  const live = (event: Event): HTMLFormElement | null => {
    const control = event.target
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement) || 'handled' in control.dataset) return null
    return control.form !== null && 'live' in control.form.dataset ? control.form : null
  }
  document.addEventListener('input', (event) => {
    const form = live(event)
    if (form === null || !(event.target instanceof HTMLInputElement) || !TYPED.has(event.target.type)) return
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(form), DEBOUNCE_MS)
  })
  document.addEventListener('change', (event) => {
    const form = live(event)
    if (form === null) return
    clearTimeout(timer)
    void ask(form)
  })
  document.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement) || !('live' in event.target.dataset)) return
    event.preventDefault()
    clearTimeout(timer)
    void ask(event.target)
  })
  addEventListener('popstate', () => {
    const here = new URL(location.href)
    if (question(here) === shownAt) return
    load(here).then((page) => page && syncControls(page), () => location.reload())
  })
}
