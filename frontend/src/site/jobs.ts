const EVERY_MS = 1000

interface Told {
  ended: boolean
  share: number
  total: number
  words: string
}

/** `[data-job]` names where the progress of work is told; the page is read again when the work has ended. */
export function startJobs(): void {
  const place = document.querySelector<HTMLElement>('[data-job]')
  const address = place?.dataset.job
  if (place === null || address === undefined) return
  const words = place.querySelector<HTMLElement>('[data-job-words]')
  const bar = place.querySelector<HTMLProgressElement>('[data-job-share]')
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(address, { headers: { accept: 'application/json' } })
      if (!answer.ok) {
        location.reload()
        return
      }
      const told = (await answer.json()) as Told
      if (told.ended) {
        location.reload()
        return
      }
      if (words !== null && words.textContent !== told.words) words.textContent = told.words
      if (bar !== null && told.total > 0) bar.value = told.share
    } catch {
      // The network is away for a moment: the work goes on without it.
    }
    setTimeout(() => void ask(), EVERY_MS)
  }
  void ask()
}
