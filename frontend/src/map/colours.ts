/** Colours of the style sheet as the page shows them now; the map has none of its own. */
export type Colours = (token: string, otherwise?: string) => string

/**
 * Read tokens through an element that wears them: a token's own text may be `light-dark(…)`, which the map
 * cannot use, while the computed colour of an element is always plain.
 */
export function readColours(host: HTMLElement): Colours {
  const style = getComputedStyle(host)
  const probe = document.createElement('span')
  probe.hidden = true
  host.append(probe)
  const found = new Map<string, string>()
  queueMicrotask(() => probe.remove())
  return (token, otherwise = '#888888') => {
    const known = found.get(token)
    if (known !== undefined) return known
    if (style.getPropertyValue(token).trim() === '') return otherwise
    if (!probe.isConnected) host.append(probe)
    probe.style.color = `var(${token})`
    const colour = getComputedStyle(probe).color
    probe.remove()
    found.set(token, colour)
    return colour
  }
}

/** Call back whenever the page turns light or dark. */
export function onThemeChange(tell: () => void): void {
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell)
}
