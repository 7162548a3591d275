import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import palette from '../src/palette.json'

type Rgb = [number, number, number]
type Matrix = [Rgb, Rgb, Rgb]

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear light. */
const SIGHTS: Record<string, Matrix> = {
  full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as Rgb
const times = (rows: Matrix, [r, g, b]: Rgb): Rgb => rows.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as Rgb
const luminance = (hex: string): number => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
/** Oklab, where equal distances look equally far apart. */
const perceived = ([r, g, b]: Rgb): Rgb => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
const tokens = readFileSync(new URL('../src/css/tokens.css', import.meta.url), 'utf8')
const token = (name: string): { light: string; dark: string } => {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens) ?? []
  if (light === undefined || dark === undefined) throw new Error(`tokens.css: no colour pair --${name}`)
  return { light, dark }
}
const MODES = ['light', 'dark'] as const

test.each(MODES)('in %s mode the seven sectors stay apart for every kind of sight', (mode) => {
  const colours = Object.values(palette.sectors).map((pair) => pair[mode])
  for (const sight of Object.values(SIGHTS)) {
    const seen = colours.map((hex) => perceived(times(sight, linear(hex))))
    const distances = seen.flatMap((a, at) => seen.slice(at + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])))
    expect(Math.min(...distances)).toBeGreaterThan(0.07)
  }
})

test.each(MODES)('in %s mode every sector stands out three to one from the map and the page', (mode) => {
  for (const ground of ['map-land', 'map-focus', 'map-unsettled', 'paper-raised']) {
    for (const pair of Object.values(palette.sectors)) expect(contrast(pair[mode], token(ground)[mode])).toBeGreaterThanOrEqual(3)
  }
})

test.each(MODES)('in %s mode text reads at 4.5 to one on each ground it stands on', (mode) => {
  for (const text of ['ink', 'ink-soft', 'accent']) {
    for (const ground of ['paper', 'paper-raised', 'paper-sunk', 'accent-wash']) {
      expect(contrast(token(text)[mode], token(ground)[mode]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  }
  expect(contrast(token('on-accent')[mode], token('accent')[mode])).toBeGreaterThanOrEqual(4.5)
})

test('the style sheet and palette.json, which the server reads, agree', () => {
  for (const [code, pair] of Object.entries(palette.sectors)) expect(token(`sector-${code}`)).toEqual(pair)
  for (const [code, pair] of Object.entries(palette.levels)) expect(token(`level-${code}`)).toEqual(pair)
  expect(token('sector-unknown')).toEqual(palette.unknown)
})
