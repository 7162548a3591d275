const SHOWN_MS = 2000

/** Buttons `[data-copy]` copy that text, or the address of the page when empty, and say `data-copied` for a moment. */
export function startCopy(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy]') : null
    if (button === null) return
    const text = button.dataset.copy
    const said = button.textContent
    void navigator.clipboard.writeText(text === undefined || text === '' ? location.href : text).then(() => {
      button.textContent = button.dataset.copied ?? '✓'
      setTimeout(() => (button.textContent = said), SHOWN_MS)
    })
  })
}
