/** How actors and ties look: colour and size by the attribute chosen, the fading of ties nobody has confirmed. */
import type { Colours } from '../map/colours'
import { type Actor, type Config, namingOf, type Tie } from './answer'
import { type Fill, fillOf, shapeOf, type Shape } from './shapes'

export interface ActorLook {
  shape: Shape
  fill: Fill
  size: number
  color: string
}

export interface TieLook {
  color: string
  size: number
  /** No cooperation: drawn broken. */
  dashed: boolean
  /** 1: only the source tells of it, -1: only the target, 0: both, or a third party. */
  naming: -1 | 0 | 1
}

const SMALLEST = 3
const LARGEST = 12.5
/** A tie loses at most this share of its ink: what is recorded stays visible. */
const FADING = 0.72

/** Level that most of an actor's ties have; of equals the first by code. */
export function mainLevel({ degree_by_level: levels }: Actor): string | null {
  const [first] = Object.entries(levels).filter(([, n]) => n > 0).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return first?.[0] ?? null
}

/** Value of the coloured attribute; null where there is none. */
export function colourValue(actor: Actor, config: Config): string | null {
  switch (config.colour) {
    case 'level':
      return mainLevel(actor)
    case 'sector':
      return actor.sector === null ? null : String(actor.sector)
    case 'community':
      return actor.community === null ? null : String(actor.community)
    default:
      return actor[config.colour]
  }
}

/** The measure that decides the size; null where it is not known. */
export function sizeValue(actor: Actor, config: Config): number | null {
  return actor[config.size] ?? null
}

/** Radius of a node, area growing with the value; what is unknown is as small as nothing. */
export function radiusOf(value: number | null, largest: number): number {
  if (value === null || largest <= 0) return SMALLEST
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(0, value) / largest)
}

const CHANNELS = /rgba?\(\s*([\d.]+)[ ,]+([\d.]+)[ ,]+([\d.]+)|#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i

function channels(colour: string): [number, number, number] {
  const found = CHANNELS.exec(colour)
  if (found === null) return [128, 128, 128]
  return found[4] === undefined ? [Number(found[1]), Number(found[2]), Number(found[3])] : [4, 5, 6].map((n) => parseInt(found[n]!, 16)) as [number, number, number]
}

/** One colour on the way to another: an opaque stand-in for transparency. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)]
  const hex = a.map((part, n) => Math.round(part + (b[n]! - part) * share).toString(16).padStart(2, '0'))
  return `#${hex.join('')}`
}

/** Token of what has no value of the coloured attribute. */
export const UNKNOWN = '--sector-unknown'

/** What has no value steps back a little; the swatch of the legend is mixed alike by the style sheet. */
export const withoutValue = (colours: Colours): string => mix(colours(UNKNOWN), colours('--paper'), 0.25)

export function lookOfActor(actor: Actor, config: Config, colours: Colours, largest: number): ActorLook {
  const value = colourValue(actor, config)
  const token = value === null ? undefined : config.tokens[value]
  return {
    shape: shapeOf(actor.kind),
    fill: fillOf(actor.kind, actor.state),
    size: radiusOf(sizeValue(actor, config), largest),
    color: token === undefined ? withoutValue(colours) : mix(colours(token), '#000', 0),
  }
}

export function lookOfTie(tie: Tie, colours: Colours): TieLook {
  const paper = colours('--paper')
  if (!tie.counts) return { color: mix(colours('--rule-strong'), paper, 0.35), size: 1, dashed: true, naming: 0 }
  // Without a day there is nothing to fade from: drawn as the weakest.
  const strength = tie.strength ?? 0
  return {
    color: mix(colours(`--level-${tie.level ?? 'other'}`), paper, FADING * (1 - strength)),
    size: 0.9 + 1.3 * strength,
    dashed: false,
    naming: namingOf(tie),
  }
}
