/** What `/api/network.json` answers, and what the page tells the graph in `data-config`. */

export interface Actor {
  id: string
  name: string
  kind: string
  country: string | null
  sector: number | null
  state: string | null
  group: string | null
  degree: number
  degree_by_level: Record<string, number>
  betweenness: number
  members: number | null
  community: number | null
}

export interface Tie {
  id: string
  kind: string
  source: string
  target: string
  level: string | null
  /** Whether it is cooperation: a listing, an event attended or a partner sought is not. */
  counts: boolean
  /** 1 when just confirmed, towards 0 the longer nobody has confirmed it; null when no day is known. */
  strength: number | null
  /** Who tells of it; null where nobody can say. */
  named_by: 'both' | 'source' | 'target' | 'third' | null
  /** True where one end's own sheet names the other and not the reverse; null where that cannot be told. */
  one_sided: boolean | null
}

export interface Answer {
  nodes: Actor[]
  links: Tie[]
}

export const COLOURS = ['sector', 'kind', 'level', 'community', 'group'] as const
export const SIZES = ['degree', 'betweenness', 'members'] as const
export type ColourBy = (typeof COLOURS)[number]
export type SizeBy = (typeof SIZES)[number]

/** Words, tokens of colours and the choices of the form; the graph holds no word of its own. */
export interface Config {
  colour: ColourBy
  size: SizeBy
  /** Value of the coloured attribute → custom property of the style sheet. */
  tokens: Record<string, string>
  /** Id → folder of its sheet. */
  folders: Record<string, string>
  /** Code → name, in the reader's language. */
  kinds: Record<string, string>
  countries: Record<string, string>
  focus: string | null
  others: boolean
  labels: Record<string, string>
  title: string
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Check the shape of an answer: what the drawing leans on must be there. */
export function readAnswer(given: unknown): Answer {
  if (!isRecord(given) || !Array.isArray(given.nodes) || !Array.isArray(given.links)) throw new Error("network: the answer has not 'nodes' and 'links'")
  const known = new Set(given.nodes.map((node: Actor) => node.id))
  for (const { id, source, target } of given.links as Tie[]) {
    if (!known.has(source) || !known.has(target)) throw new Error(`network: link '${id}' has an end that is not among the nodes`)
  }
  return { nodes: given.nodes as Actor[], links: given.links as Tie[] }
}

/** Read `data-config`; what the page leaves out is empty. */
export function readConfig(text: string | undefined): Config {
  const given = JSON.parse(text === undefined || text === '' ? '{}' : text) as Partial<Config>
  return {
    colour: given.colour ?? 'sector',
    size: given.size ?? 'degree',
    tokens: given.tokens ?? {},
    folders: given.folders ?? {},
    kinds: given.kinds ?? {},
    countries: given.countries ?? {},
    focus: given.focus ?? null,
    others: given.others ?? false,
    labels: given.labels ?? {},
    title: given.title ?? '',
  }
}

/** Which end of a one-sided tie tells of it: 1 the source, -1 the target, 0 where it is not one-sided. */
export function namingOf({ one_sided: oneSided, named_by: by }: Pick<Tie, 'one_sided' | 'named_by'>): -1 | 0 | 1 {
  if (oneSided !== true) return 0
  return by === 'source' ? 1 : by === 'target' ? -1 : 0
}
