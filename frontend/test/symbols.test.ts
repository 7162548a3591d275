import { expect, test } from 'vitest'
import { fillOf, type Look, shapeOf, symbolName, symbolSvg } from '../src/symbols'

const cluster: Look = { kind: 'cluster', sector: 4, state: 'emerging', anchoring: 'rooted', ring: false }

test('anchoring is the shape', () => {
  expect(shapeOf(cluster)).toBe('rooted')
  expect(shapeOf({ ...cluster, anchoring: 'constructed' })).toBe('constructed')
  expect(shapeOf({ ...cluster, anchoring: null })).toBe('none')
})

test('maturity is the fill', () => {
  const fills = (['constituted', 'emerging', 'expected', 'potential', null] as const).map((state) => fillOf({ ...cluster, state }))
  expect(fills).toEqual(['solid', 'hatched', 'outline', 'outline', 'outline'])
})

test('a pole is a hexagon, another form a triangle, and neither bears a sector', () => {
  const form: Look = { kind: 'form', sector: 2, state: 'constituted', anchoring: 'rooted', ring: false }
  expect(symbolName({ ...form, formKind: 'competitiveness_pole' })).toBe('form-hexagon-outline')
  expect(symbolName({ ...form, formKind: 'technopark' })).toBe('form-triangle-outline')
  expect(symbolName(form)).toBe('form-triangle-outline')
})

test('a place in doubt wears a ring of its own drawing', () => {
  expect(symbolName({ ...cluster, ring: true })).toBe('s4-rooted-hatched-ring')
  expect(symbolSvg({ ...cluster, ring: true })).toContain('mark__ring')
  expect(symbolSvg(cluster)).not.toContain('mark__ring')
})

test('the label of a symbol cannot leave its attribute', () => {
  expect(symbolSvg(cluster, '"><script>')).not.toContain('<script>')
})
