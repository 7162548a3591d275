import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { budget } from './build/budget.ts'
import { precompress } from './build/precompress.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The palette under a stable name: the server draws the same symbols and reads it beside the manifest. */
function palette(): Plugin {
  return {
    name: 'grappe-palette',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'palette.json', source: readFileSync(at('./src/palette.json')) })
    },
  }
}

export default defineConfig({
  // Relative addresses: the folder may be mounted under any prefix.
  base: './',
  publicDir: at('./public'),
  plugins: [palette(), budget(), precompress()],
  build: {
    outDir: at('../src/grappe/web/static/grappe'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Nothing inlined as data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 1300,
    rollupOptions: {
      input: { site: at('./src/site.ts'), map: at('./src/map.ts'), network: at('./src/network.ts'), reading: at('./src/reading.ts') },
    },
  },
})
