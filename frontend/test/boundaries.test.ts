import { readFileSync } from 'node:fs'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { expect, test } from 'vitest'

const text = readFileSync(new URL('../public/boundaries-atlas.json', import.meta.url), 'utf8')
const topology = JSON.parse(text) as Topology<Record<string, GeometryCollection>>
const ids = (name: string): unknown[] => topology.objects[name]!.geometries.map(({ id }) => id)

test('the file stays small', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(150_000)
})

test('Western Sahara is an area of its own, with a dashed limit', () => {
  expect(ids('countries').filter((id) => id === 'EH' || id === 'MA').sort()).toEqual(['EH', 'MA'])
  const areas = feature(topology, topology.objects['countries']!).features
  const inside = areas.find(({ id }) => id === 'EH')!.geometry
  expect(inside.type).toBe('MultiPolygon')
  expect(topology.objects['unsettled']).toBeDefined()
})

test('areas bear codes and no names; labels speak three languages', () => {
  for (const area of topology.objects['countries']!.geometries) expect(area.properties).toBeUndefined()
  for (const { properties } of topology.objects['labels']!.geometries) {
    expect(Object.keys(properties ?? {}).sort()).toEqual(['ar', 'en', 'fr', 'rank'])
  }
  const sahara = topology.objects['labels']!.geometries.find(({ id }) => id === 'EH')
  expect(sahara?.properties).toMatchObject({ fr: 'Sahara occidental', en: 'Western Sahara', ar: 'الصحراء الغربية' })
})
