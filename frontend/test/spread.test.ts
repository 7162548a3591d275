import { expect, test } from 'vitest'
import { bow, honeycomb, PITCH, settle, toPixels, toPosition } from '../src/map/spread'

const apart = (cells: [number, number][]): number =>
  Math.min(...cells.flatMap(([ax, ay], at) => cells.slice(at + 1).map(([bx, by]) => Math.hypot(ax - bx, ay - by))))

test('one cluster stands on its town', () => {
  expect(honeycomb(1)).toEqual([[0, 0]])
})

test.each([2, 3, 4, 7, 10, 19])('no two of %i clusters in one town cover each other, and the town is their middle', (count) => {
  const cells = honeycomb(count)
  expect(cells).toHaveLength(count)
  expect(apart(cells)).toBeGreaterThan(PITCH - 0.001)
  expect(cells.reduce((sum, [x]) => sum + x, 0)).toBeCloseTo(0)
  expect(cells.reduce((sum, [, y]) => sum + y, 0)).toBeCloseTo(0)
})

test('towns far apart are left where they are', () => {
  const placed = settle([{ x: 0, y: 0, size: 3 }, { x: 500, y: 0, size: 3 }])
  expect(placed.map(({ dx, dy, led }) => [dx, dy, led])).toEqual([[0, 0, false], [0, 0, false]])
})

test('bunches that would cover each other are pushed apart, always the same way', () => {
  const towns = [{ x: 0, y: 0, size: 10 }, { x: 20, y: 5, size: 4 }, { x: 20, y: 5, size: 1 }]
  const placed = settle(towns)
  for (let a = 0; a < 3; a++) {
    for (let b = a + 1; b < 3; b++) {
      const [p, q] = [placed[a]!, placed[b]!]
      const gap = Math.hypot(towns[a]!.x + p.dx - towns[b]!.x - q.dx, towns[a]!.y + p.dy - towns[b]!.y - q.dy)
      expect(gap).toBeGreaterThan((p.radius + q.radius) * 0.97)
    }
  }
  expect(settle(towns)).toEqual(placed)
})

test('pixels and positions are inverse', () => {
  const [lon, lat] = toPosition(toPixels([-7.59, 33.57], 5.25), 5.25)
  expect(lon).toBeCloseTo(-7.59)
  expect(lat).toBeCloseTo(33.57)
})

test('a link bows from one end to the other', () => {
  const line = bow([-7.6, 33.6], [2.35, 48.85])
  expect(line[0]![0]).toBeCloseTo(-7.6)
  expect(line.at(-1)![1]).toBeCloseTo(48.85)
  expect(line[12]![0]).not.toBeCloseTo((-7.6 + 2.35) / 2, 1)
})
