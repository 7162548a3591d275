/**
 * Forms that are checked while one types: `form[data-check]` asks its address what the answers amount to, and puts the
 * answer, a part of a page, into `#eligibility`. Nothing is saved. Without script the page says it after each saving.
 */

const DEBOUNCE_MS = 400
const LONGEST = 200

/** Short answers of a form as a query: long texts decide nothing, and stay out of the address. */
export function questionOf(answers: FormData): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of answers) {
    if (name.startsWith('q-') && typeof value === 'string' && value.length <= LONGEST) query.append(name, value)
  }
  return query
}

export function startCheck(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-check]')
  const shown = document.getElementById('eligibility')
  if (form === null || shown === null) return
  let timer = 0
  let pending: AbortController | null = null

  const ask = async (): Promise<void> => {
    pending?.abort()
    pending = new AbortController()
    try {
      const answer = await fetch(`${form.dataset.check ?? ''}?${questionOf(new FormData(form)).toString()}`, { signal: pending.signal })
      if (!answer.ok) return
      const part = new DOMParser().parseFromString(await answer.text(), 'text/html')
      shown.replaceChildren(...[...part.body.childNodes].map((node) => document.importNode(node, true)))
    } catch {
      // Superseded by a later answer, or the network is down: the page still says it after saving.
    }
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), DEBOUNCE_MS)
  })
}
