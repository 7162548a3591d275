const KEY = 'grappe-theme'

type Theme = 'light' | 'dark'

/** The theme the reader chose, or null while the system decides. Storage may be closed to the page. */
function chosen(): Theme | null {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : null
  } catch {
    return null
  }
}

function shown(): Theme {
  return chosen() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}

function apply(): void {
  const theme = chosen()
  if (theme === null) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const button of document.querySelectorAll('[data-theme-toggle]')) {
    button.setAttribute('aria-pressed', String(shown() === 'dark'))
  }
}

/** Buttons `[data-theme-toggle]` switch between light and dark; the choice is kept on this device. */
export function startTheme(): void {
  apply()
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('[data-theme-toggle]') === null) return
    const next: Theme = shown() === 'dark' ? 'light' : 'dark'
    try {
      localStorage.setItem(KEY, next)
    } catch {
      document.documentElement.dataset.theme = next
      return
    }
    apply()
  })
}
