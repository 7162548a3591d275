import { expect, test } from 'vitest'
import { type Script, weigh } from '../build/budget.ts'

const scripts = new Map<string, Script>([
  ['site', { bytes: 10, loads: ['shared'] }],
  ['map', { bytes: 100, loads: ['shared', 'site'] }],
  ['shared', { bytes: 1, loads: ['map'] }],
])

test('a script weighs what it loads, each file once', () => {
  expect(weigh(scripts, 'site')).toBe(10 + 1 + 100)
  expect(weigh(scripts, 'site', 'map')).toBe(10 + 1 + 100)
})

test('a script that is not there weighs nothing', () => {
  expect(weigh(scripts, 'worker')).toBe(0)
})
