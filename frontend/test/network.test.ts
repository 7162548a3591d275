import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { namingOf, readAnswer, readConfig, type Actor, type Tie } from '../src/network/answer'
import { placeLabels, shorten, type Wanted } from '../src/network/labels'
import { layOut, partsOf, upright } from '../src/network/layout'
import { colourValue, lookOfTie, mainLevel, mix, radiusOf } from '../src/network/look'
import { type Picture, runOf, strokesOf, toSvg } from '../src/network/picture'
import { cornersOf, fillOf, reach, SHAPES } from '../src/network/shapes'

const actor = (id: string, more: Partial<Actor> = {}): Actor => ({
  id, name: id, kind: 'cluster', country: 'MA', sector: 1, state: 'constituted', group: 'maghreb',
  degree: 1, degree_by_level: {}, betweenness: 0, members: null, community: null, ...more,
})
const tie = (source: string, target: string, more: Partial<Tie> = {}): Tie => ({
  id: `${source}-${target}`, kind: 'partnership', source, target, level: 'national', counts: true, strength: 1, named_by: 'third', one_sided: null, ...more,
})
const colours = (token: string): string => ({ '--paper': '#ffffff', '--level-national': '#804000', '--rule-strong': '#808080' })[token] ?? '#000000'

test('an answer whose link has an end nobody knows is refused, and says which', () => {
  expect(() => readAnswer({ nodes: [actor('a')], links: [tie('a', 'b')] })).toThrow("'a-b'")
  expect(() => readAnswer([])).toThrow("'nodes' and 'links'")
  expect(readAnswer({ nodes: [actor('a'), actor('b')], links: [tie('a', 'b')] }).links).toHaveLength(1)
})

test('a page that tells nothing gets sectors as colours and partners as sizes', () => {
  expect(readConfig(undefined)).toMatchObject({ colour: 'sector', size: 'degree', focus: null, others: false })
})

test('a tie is one-sided on the side of the end that tells of it, and only where that is known', () => {
  expect(namingOf({ one_sided: true, named_by: 'source' })).toBe(1)
  expect(namingOf({ one_sided: true, named_by: 'target' })).toBe(-1)
  expect(namingOf({ one_sided: null, named_by: 'source' })).toBe(0)
  expect(namingOf({ one_sided: false, named_by: 'both' })).toBe(0)
})

test('parts that no tie joins come apart, the largest first', () => {
  expect(partsOf(['e', 'd', 'c', 'b', 'a'], [{ source: 'a', target: 'e' }, { source: 'e', target: 'c' }])).toEqual([['a', 'c', 'e'], ['b'], ['d']])
})

test('the same network is laid out alike, in whatever order it is told', () => {
  const ids = [...'abcdefghij']
  const bonds = ids.slice(1).map((id, n) => ({ source: ids[Math.floor(n / 2)]!, target: id }))
  const once = layOut(ids, bonds)
  const again = layOut([...ids].reverse(), [...bonds].reverse())
  for (const id of ids) {
    expect(again.get(id)!.x).toBeCloseTo(once.get(id)!.x, 6)
    expect(again.get(id)!.y).toBeCloseTo(once.get(id)!.y, 6)
  }
})

test('no two actors are laid out upon each other, in one part or in several', () => {
  const ids = Array.from({ length: 30 }, (_, n) => `n${n}`)
  // A star of eighteen, a ring of eight, two pairs.
  const bonds = [...ids.slice(1, 18).map((target) => ({ source: 'n0', target })), ...ids.slice(18, 26).map((source, n) => ({ source, target: ids[18 + ((n + 1) % 8)]! })), { source: 'n26', target: 'n27' }, { source: 'n28', target: 'n29' }]
  const spots = [...layOut(ids, bonds).values()]
  for (const [n, a] of spots.entries()) for (const b of spots.slice(n + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20)
})

test('an empty network has no place for anybody', () => {
  expect(layOut([], []).size).toBe(0)
})

test('a part that stands on end is laid level', () => {
  const level = upright(new Map([['a', { x: 0, y: 0 }], ['b', { x: 0, y: 10 }]]))
  expect(Math.abs(level.get('a')!.y - level.get('b')!.y)).toBeLessThan(1e-9)
  expect(Math.abs(level.get('a')!.x - level.get('b')!.x)).toBeCloseTo(10)
})

const name = (id: string, x: number, y: number, weight: number, must = false): Wanted => ({ id, x, y, radius: 5, width: 60, weight, must })
const view = { width: 400, height: 200, line: 16, rtl: false }

test('names keep off each other, off nodes and inside the view', () => {
  const wanted = Array.from({ length: 40 }, (_, n) => name(`n${n}`, 20 + (n % 8) * 48, 20 + Math.floor(n / 8) * 38, 40 - n))
  const placed = placeLabels(wanted, view)
  expect(placed.length).toBeGreaterThan(4)
  for (const [n, a] of placed.entries()) {
    expect(a.x).toBeGreaterThanOrEqual(32)
    expect(a.x).toBeLessThanOrEqual(368)
    for (const b of placed.slice(n + 1)) expect(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 16).toBe(true)
  }
})

test('of two names for one room the weightier one gets it', () => {
  const tight = { ...view, width: 90, height: 22 }
  expect(placeLabels([name('light', 10, 11, 1), name('heavy', 12, 11, 9)], tight).map(({ id }) => id)).toEqual(['heavy'])
})

test('the chosen name is shown where there is no room', () => {
  const tight = { ...view, width: 40, height: 22 }
  expect(placeLabels([name('heavy', 12, 11, 9), name('chosen', 10, 11, 1, true)], tight).map(({ id }) => id)).toEqual(['chosen'])
})

test('names stand on the left first where one reads from the right', () => {
  expect(placeLabels([name('a', 200, 100, 1)], view)[0]!.x).toBeGreaterThan(200)
  expect(placeLabels([name('a', 200, 100, 1)], { ...view, rtl: true })[0]!.x).toBeLessThan(200)
})

test('no name goes under a button', () => {
  expect(placeLabels([name('a', 200, 100, 1)], { ...view, covered: [{ left: 205, top: 0, right: 400, bottom: 200 }] })[0]!.x).toBeLessThan(200)
})

test('a long name is cut at a word', () => {
  expect(shorten('Cluster de la Mécanique de Précision', 30)).toBe('Cluster de la Mécanique de…')
  expect(shorten('GIZ', 30)).toBe('GIZ')
})

test('the level of most ties is the colour, of equals the first by code; the rest follows the form', () => {
  const one = actor('a', { degree_by_level: { national: 2, euromed: 2, africa: 0 }, community: 0, group: null })
  expect(mainLevel(one)).toBe('euromed')
  expect(colourValue(one, readConfig('{"colour":"community"}'))).toBe('0')
  expect(colourValue(one, readConfig('{"colour":"group"}'))).toBeNull()
  expect(colourValue(actor('b', { sector: null }), readConfig('{}'))).toBeNull()
})

test('area grows with the value, and what is unknown is as small as nothing', () => {
  const [none, quarter, whole] = [radiusOf(0, 8), radiusOf(2, 8), radiusOf(8, 8)]
  expect(radiusOf(null, 8)).toBe(none)
  expect(radiusOf(3, 0)).toBe(none)
  expect(quarter - none).toBeCloseTo((whole - none) / 2)
})

test('a tie fades towards the paper and never leaves the page', () => {
  const [fresh, old] = [lookOfTie(tie('a', 'b'), colours), lookOfTie(tie('a', 'b', { strength: 0 }), colours)]
  expect(fresh.color).toBe('#804000')
  expect(old.color).toBe(mix('#804000', '#ffffff', 0.72))
  expect(old.color).not.toBe('#ffffff')
  expect(old.size).toBeLessThan(fresh.size)
})

test('what is no cooperation is broken, grey and never one-sided', () => {
  expect(lookOfTie(tie('a', 'b', { counts: false, one_sided: true, named_by: 'source' }), colours)).toMatchObject({ dashed: true, naming: 0, color: mix('#808080', '#ffffff', 0.35) })
})

test('colours are mixed channel by channel', () => {
  expect(mix('rgb(0, 100, 200)', '#ffffff', 0.5)).toBe('#80b2e4')
})

test('every shape covers the area of a disk of its radius', () => {
  for (const shape of Object.values(SHAPES).filter(({ corners }) => corners > 0)) {
    const far = reach(shape) * 10
    expect((shape.corners / 2) * far * far * Math.sin((2 * Math.PI) / shape.corners)).toBeCloseTo(Math.PI * 100)
  }
})

test('only clusters have a state to fill', () => {
  expect([fillOf('cluster', 'constituted'), fillOf('cluster', 'emerging'), fillOf('cluster', 'expected'), fillOf('organisation', null)]).toEqual(['solid', 'hatched', 'outline', 'solid'])
})

test('the legend of the page draws the shapes of the graph', () => {
  const page = readFileSync(new URL('../../src/grappe/web/templates/network.html', import.meta.url), 'utf-8')
  const written = JSON.parse(/set shapes = (\{.*?\})/.exec(page)![1]!) as Record<string, string>
  expect(Object.keys(written)).toEqual(Object.keys(SHAPES))
  for (const [kind, shape] of Object.entries(SHAPES)) {
    const numbers = (written[kind]!.match(/-?[\d.]+/g) ?? []).map(Number)
    if (shape.corners === 0) expect(numbers.slice(0, 3)).toEqual([4.4, 10, 5.6])
    else cornersOf(shape, 10, 10, 5.6).flat().forEach((value, n) => expect(numbers[n]).toBeCloseTo(value, 1))
  }
})

test('a one-sided tie is thick on the half of the end that tells of it', () => {
  const line = { from: [0, 0] as [number, number], to: [10, 0] as [number, number], color: '#000', width: 4, dashed: false }
  expect(strokesOf({ ...line, naming: 0 }).map(({ width }) => width)).toEqual([4])
  expect(strokesOf({ ...line, naming: 1 }).map(({ to, width }) => [to[0], Math.round(width)])).toEqual([[5, 4], [10, 1]])
  expect(strokesOf({ ...line, naming: -1 }).map(({ to, width }) => [to[0], Math.round(width)])).toEqual([[5, 1], [10, 4]])
})

test('the picture to keep holds title, legend, source and names, and nothing that a name could smuggle in', () => {
  const picture: Picture = {
    width: 100, height: 80, paper: '#ffffff', ink: '#000000', soft: '#555555', rtl: true,
    lines: [{ from: [0, 0], to: [50, 50], color: '#123456', width: 2, dashed: true, naming: 0 }],
    marks: [{ at: [50, 50], radius: 6, color: '#654321', shape: SHAPES.cluster!, fill: 'hatched' }],
    texts: [{ at: [60, 50], words: '<b>&"', size: 13, bold: true, width: 40 }],
    title: 'شبكة', source: 'Source: a study', legend: [{ words: 'national', color: '#123456', line: true }],
  }
  const svg = toSvg(picture)
  for (const words of ['شبكة', 'textLength="40"', 'Source: a study', 'national', '&#60;b&#62;&#38;&#34;', 'stroke-dasharray', 'direction="rtl"']) expect(svg).toContain(words)
  expect(svg).not.toContain('<b>')
})

test('in a picture a text runs by its own letters and stands at the edge of the page it belongs to', () => {
  expect(runOf('شبكة', 'start', true)).toEqual({ rtl: true, anchor: 'start' })
  expect(runOf('GIZ', 'start', true)).toEqual({ rtl: false, anchor: 'end' })
  expect(runOf('GIZ', 'start', false)).toEqual({ rtl: false, anchor: 'start' })
  expect(runOf('شبكة', 'middle', false)).toEqual({ rtl: true, anchor: 'middle' })
})
