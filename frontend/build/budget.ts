import type { Plugin } from 'vite'
import { brotli } from './precompress.ts'

/** Most bytes of script, brotli, that a page may load. */
export const BUDGETS = { site: 30_000, map: 450_000, network: 150_000 } as const

/** A script of the output, and the scripts it loads. */
export interface Script {
  bytes: number
  loads: readonly string[]
}

/** Bytes of a script and of all it loads, each counted once. */
export function weigh(scripts: ReadonlyMap<string, Script>, ...roots: string[]): number {
  const seen = new Set<string>()
  const visit = (name: string): number => {
    const script = scripts.get(name)
    if (script === undefined || seen.has(name)) return 0
    seen.add(name)
    return script.loads.reduce((total, next) => total + visit(next), script.bytes)
  }
  return roots.reduce((total, root) => total + visit(root), 0)
}

/** Fail the build when a page's script outgrows its budget; the map page also loads the site script and the worker.
 * The aim of the network page is for its graph, with the site script: the map beside it has its own. */
export function budget(): Plugin {
  return {
    name: 'grappe-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const scripts = new Map<string, Script>()
      const roots = new Map<string, string>()
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') {
          scripts.set(name, { bytes: brotli(Buffer.from(output.code)).length, loads: [...output.imports, ...output.dynamicImports] })
          if (output.isEntry) roots.set(output.name, name)
        } else if (/\.m?js$/.test(name)) {
          scripts.set(name, { bytes: brotli(Buffer.from(output.source)).length, loads: [] })
          roots.set('worker', name)
        }
      }
      const root = (name: string): string => {
        const file = roots.get(name)
        if (file === undefined) this.error(`budget: the build has no script '${name}'. Name it in vite.config.ts.`)
        return file
      }
      const weights = {
        site: weigh(scripts, root('site')),
        map: weigh(scripts, root('site'), root('map'), root('worker')),
        network: weigh(scripts, root('site'), root('network')),
      }
      for (const page of ['site', 'map', 'network'] as const) {
        this.info(`${page}: ${weights[page]} bytes of script (brotli), at most ${BUDGETS[page]}`)
        if (weights[page] > BUDGETS[page]) {
          this.error(`${page}: ${weights[page]} bytes of script (brotli), at most ${BUDGETS[page]} allowed. Load less, or later.`)
        }
      }
    },
  }
}
