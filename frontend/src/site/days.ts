/** The days of a map as a slider. The list it moves works by itself: without script the reader chooses there. */

/** Puts a slider beside a list of days, oldest at the start and the newest state at the end. */
function slide(label: HTMLElement): void {
  const list = label.querySelector('select')
  if (list === null || list.options.length < 3) return
  // The empty choice is the newest state: it comes first in the list and last on the slider.
  const stops = [...list.options].filter(({ value }) => value !== '')
  const newest = [...list.options].find(({ value }) => value === '')
  if (newest !== undefined) stops.push(newest)
  const slider = document.createElement('input')
  slider.type = 'range'
  slider.min = '0'
  slider.max = String(stops.length - 1)
  slider.step = '1'
  slider.className = 'days'
  const words = (): string => stops[Number(slider.value)]?.textContent?.trim() ?? ''
  const follow = (): void => {
    slider.value = String(Math.max(0, stops.findIndex((stop) => stop.selected)))
    slider.setAttribute('aria-valuetext', words())
  }
  slider.setAttribute('aria-label', label.firstChild?.textContent?.trim() ?? '')
  slider.addEventListener('input', () => slider.setAttribute('aria-valuetext', words()))
  // The form asks once the reader lets go, not at every stop on the way.
  slider.addEventListener('change', (event) => {
    event.stopPropagation()
    list.value = stops[Number(slider.value)]?.value ?? ''
    list.dispatchEvent(new Event('change', { bubbles: true }))
  })
  list.addEventListener('change', follow)
  follow()
  label.after(slider)
}

export function startDays(): void {
  for (const label of document.querySelectorAll<HTMLElement>('[data-days]')) slide(label)
}
