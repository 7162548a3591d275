() => {
  const faults = []
  const seen = (e) => { const s = getComputedStyle(e); return e.getClientRects().length > 0 && s.visibility !== 'hidden' }
  const where = (e) => `${e.localName}${e.id ? '#' + e.id : ''}${e.className && e.className.baseVal === undefined ? '.' + [...e.classList].join('.') : ''} “${(e.textContent || '').trim().slice(0, 40)}”`
  const named = (e) => {
    if ((e.getAttribute('aria-label') || '').trim() || (e.getAttribute('title') || '').trim()) return true
    const by = e.getAttribute('aria-labelledby')
    if (by && by.split(/\s+/).some((id) => document.getElementById(id)?.textContent.trim())) return true
    if (e.labels && [...e.labels].some((l) => l.textContent.trim())) return true
    if (e.matches('input[type=submit], input[type=button]')) return e.value.trim() !== ''
    return !e.matches('input, select, textarea') && (e.textContent.trim() !== '' || [...e.querySelectorAll('img[alt]')].some((i) => i.alt.trim()))
  }
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=region], nav, [role=dialog]'))
    if (seen(e) && !e.closest('[aria-hidden=true]') && !named(e)) faults.push('no name: ' + where(e))
  const navs = [...document.querySelectorAll('nav')].map((n) => n.getAttribute('aria-label'))
  if (new Set(navs).size !== navs.length) faults.push('two navigations of one name: ' + navs.join(', '))
  for (const e of document.querySelectorAll('img:not([alt]), svg:not([aria-hidden=true]):not([aria-label]):not([aria-labelledby]):not([role=img])'))
    if (seen(e) && !e.closest('[aria-hidden=true]') && !e.closest('svg svg')) faults.push('image without words: ' + where(e) + e.outerHTML.slice(0, 80))
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id)
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push('id given twice: ' + id)
  for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], label[for]'))
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
      for (const id of (e.getAttribute(name) || '').split(/\s+/).filter(Boolean))
        if (!document.getElementById(id)) faults.push(`${name} names nothing: ${id}`)
  if (document.querySelectorAll('h1').length !== 1) faults.push('headings of level 1: ' + document.querySelectorAll('h1').length)
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main part')
  let level = 0
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!seen(h)) continue
    const now = Number(h.localName[1])
    if (level && now > level + 1) faults.push(`heading of level ${now} after ${level}: ` + where(h))
    level = now
  }
  for (const t of document.querySelectorAll('table')) {
    if (!t.querySelector('th')) faults.push('table without headings: ' + where(t))
    for (const th of t.querySelectorAll('thead th')) if (!th.hasAttribute('scope') && th.textContent.trim()) faults.push('heading cell without scope: ' + where(th))
  }
  for (const e of document.querySelectorAll('[tabindex]')) if (e.tabIndex > 0) faults.push('order of keys forced: ' + where(e))
  for (const ul of document.querySelectorAll('ul, ol')) for (const c of ul.children)
    if (!c.matches('li, script, template')) faults.push('list with something else than items: ' + where(c))
  for (const dl of document.querySelectorAll('dl')) for (const c of dl.children)
    if (!c.matches('dt, dd, div, script, template')) faults.push('definition list with something else: ' + where(c))
  return faults
}
