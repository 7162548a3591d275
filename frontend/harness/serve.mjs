/**
 * Sample pages on the built files, under the content security policy of the server. Not shipped.
 *
 *     npm run build && npm run harness        then http://127.0.0.1:5199/fr/ and /fr/sheet/ (or /ar/…)
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { features } from './data.mjs'
import { mapPage, sheetPage } from './pages.mjs'

const PORT = Number(process.env.PORT ?? 5199)
const BUILT = fileURLToPath(new URL('../../src/grappe/web/static/grappe/', import.meta.url))
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' }
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; worker-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'"

createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1')
  const send = (type, body, status = 200) => response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': POLICY }).end(body)
  const lang = ['fr', 'en', 'ar'].find((code) => url.pathname.startsWith(`/${code}/`)) ?? 'fr'
  try {
    if (url.pathname.startsWith('/static/grappe/')) {
      const path = join(BUILT, normalize(url.pathname.slice('/static/grappe/'.length)))
      return send(TYPES[extname(path)] ?? 'application/octet-stream', readFileSync(path))
    }
    if (url.pathname === '/api/map.geojson') {
      const made = features(url.searchParams.get('lang'))
      const countries = url.searchParams.getAll('country')
      if (countries.length > 0) made.features = made.features.filter(({ properties: { country } }) => countries.includes(country))
      return send('application/geo+json', JSON.stringify(made))
    }
    const manifest = JSON.parse(readFileSync(join(BUILT, 'manifest.json'), 'utf8'))
    const page = url.pathname.includes('/sheet/') ? sheetPage : mapPage
    return send('text/html', page({ lang, manifest, url, collection: features(lang) }))
  } catch (error) {
    return send('text/plain', String(error), error.code === 'ENOENT' ? 404 : 500)
  }
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}/fr/`))
