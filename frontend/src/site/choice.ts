/** What is chosen on a page: one id in the address (`?sel=`), told to every part that shows it. */

export const CHOSEN = 'grappe:chosen'

export interface Choice {
  id: string | null
  /** Which part chose, so that it does not answer itself. */
  by: string
}

/** Choose an entity, or nothing. */
export function choose(id: string | null, by: string): void {
  const url = new URL(location.href)
  if (id === null) url.searchParams.delete('sel')
  else url.searchParams.set('sel', id)
  history.replaceState(history.state, '', url)
  document.dispatchEvent(new CustomEvent<Choice>(CHOSEN, { detail: { id, by } }))
}
