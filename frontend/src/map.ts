/** Loaded by pages with a map: turns each `.map[data-features]` into a drawn one. The list beside it needs none of this. */
import { setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { Atlas } from './map/atlas'
import { readConfig } from './map/config'

setWorkerUrl(workerUrl)

function drawable(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

async function open(host: HTMLElement): Promise<void> {
  let words = ''
  try {
    const config = readConfig(host.dataset.config)
    words = config.labels.mapUnavailable ?? ''
    if (!drawable()) throw new Error('map: this browser offers no WebGL 2')
    await Atlas.open(host, config)
    host.dataset.ready = ''
  } catch (error) {
    host.replaceChildren()
    host.dataset.failed = ''
    const message = document.createElement('p')
    message.className = 'map__message'
    message.textContent = words
    host.append(message)
    console.warn(error)
  }
}

for (const host of document.querySelectorAll<HTMLElement>('.map[data-features]')) void open(host)
