/** How the graphics card draws shapes with a fill, and lines that are broken or thick on one half only. */
import { EdgeProgram, NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'
import type { TieLook } from './look'
import { type Fill, reach, type Shape } from './shapes'

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext
const UNIFORMS = ['u_matrix', 'u_sizeRatio', 'u_correctionRatio'] as const
type Uniform = (typeof UNIFORMS)[number]
const FILLS: Record<Fill, number> = { solid: 0, hatched: 1, outline: 2 }

/** What a node of the drawing bears beside what every node has. */
export interface NodeLook {
  shape: Shape
  fill: Fill
  paper: string
  /** Colour of the ring of a chosen node, or the paper. */
  ring: string
}

function setUniforms({ gl, uniformLocations }: ProgramInfo, params: RenderParams): void {
  gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix)
  gl.uniform1f(uniformLocations.u_sizeRatio!, params.sizeRatio)
  gl.uniform1f(uniformLocations.u_correctionRatio!, params.correctionRatio)
}

const NODE_VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_shape; // corners, turn, reach, fill
attribute vec4 a_color;
attribute vec4 a_paper;
attribute vec4 a_ring;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec2 v_at;
varying float v_radius;
varying vec4 v_shape;
varying vec4 v_color;
varying vec4 v_paper;
varying vec4 v_ring;

void main() {
  float pixel = 2.0 * u_correctionRatio;
  v_radius = a_size / u_sizeRatio;
  float half_side = v_radius * a_shape.z + 6.0;
  v_at = a_corner * half_side;
  gl_Position = vec4((u_matrix * vec3(a_position + v_at * pixel, 1.0)).xy, 0.0, 1.0);
  v_shape = a_shape;
  v_paper = a_paper;
  v_ring = a_ring;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`

const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_at;
varying float v_radius;
varying vec4 v_shape;
varying vec4 v_color;
varying vec4 v_paper;
varying vec4 v_ring;
const float PI = 3.14159265;

/* How far outside the edge a point lies, in pixels. */
float outside() {
  float away = length(v_at);
  if (v_shape.x < 2.5) return away - v_radius;
  float part = 2.0 * PI / v_shape.x;
  float angle = atan(-v_at.y, v_at.x) - v_shape.y * PI;
  float within = mod(angle, part) - part / 2.0;
  return away * cos(within) - v_radius * v_shape.z * cos(part / 2.0);
}

void main() {
  float d = outside();
  #ifdef PICKING_MODE
  if (d > 2.0) discard;
  gl_FragColor = v_color;
  #else
  vec4 paper = vec4(v_paper.rgb, 1.0);
  vec4 ring = vec4(v_ring.rgb, 1.0);
  vec4 ink = vec4(v_color.rgb, 1.0);
  float border = max(1.3, v_radius * 0.2);
  float inner = 1.0 - smoothstep(-0.5, 0.5, d + border);
  vec4 body = ink;
  if (v_shape.w > 1.5) body = mix(ink, paper, inner);
  else if (v_shape.w > 0.5) {
    float wave = abs(fract((v_at.x + v_at.y) / 4.6) - 0.5) * 4.6;
    body = mix(ink, paper, inner * smoothstep(0.75, 1.55, wave));
  }
  float in_body = 1.0 - smoothstep(-0.5, 0.5, d);
  vec4 around = mix(paper, ring, smoothstep(1.0, 2.0, d));
  float in_all = 1.0 - smoothstep(-0.5, 0.5, d - (distance(v_ring.rgb, v_paper.rgb) < 0.01 ? 1.3 : 4.2));
  gl_FragColor = mix(around, body, in_body) * in_all;
  #endif
}`

const QUAD = [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]]

/** Disks and polygons, solid, hatched or empty, with a rim of paper that parts them from the lines. */
export class MarkProgram extends NodeProgram<Uniform> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 4, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_paper', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_ring', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: QUAD,
    }
  }

  override processVisibleItem(index: number, start: number, data: NodeDisplayData & Partial<NodeLook>): void {
    const { shape = { corners: 0, turn: 0 }, fill = 'solid', paper = '#ffffff', ring = paper } = data
    this.array.set([data.x, data.y, data.size, shape.corners, shape.turn, reach(shape), FILLS[fill], floatColor(data.color), floatColor(paper), floatColor(ring), index], start)
  }

  override setUniforms(params: RenderParams, program: ProgramInfo): void {
    setUniforms(program, params)
  }
}

const EDGE_VERTEX = /* glsl */ `
attribute vec2 a_from;
attribute vec2 a_to;
attribute vec3 a_look; // thickness, broken, which end names the other
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_corner; // along: 0 or 1, across: -1 or 1
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying float v_along;
varying float v_length;
varying float v_across;
varying float v_half;
varying vec2 v_look;
varying vec4 v_color;

void main() {
  float pixel = 2.0 * u_correctionRatio;
  vec2 way = a_to - a_from;
  v_length = max(length(way) / pixel, 0.001);
  vec2 normal = vec2(-way.y, way.x) / max(length(way), 0.000001);
  v_half = max(a_look.x / u_sizeRatio, 0.7) / 2.0;
  v_across = a_corner.y * (v_half + 3.0);
  v_along = a_corner.x * v_length;
  vec2 at = mix(a_from, a_to, a_corner.x) + normal * v_across * pixel;
  gl_Position = vec4((u_matrix * vec3(at, 1.0)).xy, 0.0, 1.0);
  v_look = a_look.yz;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`

const EDGE_FRAGMENT = /* glsl */ `
precision highp float;
varying float v_along;
varying float v_length;
varying float v_across;
varying float v_half;
varying vec2 v_look;
varying vec4 v_color;

void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float share = v_along / v_length;
  bool silent = (v_look.y > 0.5 && share > 0.5) || (v_look.y < -0.5 && share < 0.5);
  float half_width = silent ? max(0.3, v_half * 0.28) : v_half;
  float ink = 1.0 - smoothstep(half_width - 0.5, half_width + 0.5, abs(v_across));
  if (v_look.x > 0.5) ink *= step(fract(v_along / 7.0), 0.55);
  gl_FragColor = vec4(v_color.rgb, 1.0) * ink;
  #endif
}`

/** Straight ties: broken where nothing is done together, thick on the side of the one that tells of it. */
export class TieProgram extends EdgeProgram<Uniform> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: EDGE_VERTEX,
      FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_from', size: 2, type: FLOAT },
        { name: 'a_to', size: 2, type: FLOAT },
        { name: 'a_look', size: 3, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: QUAD.map(([along, across]) => [(along! + 1) / 2, across!]),
    }
  }

  override processVisibleItem(index: number, start: number, from: NodeDisplayData, to: NodeDisplayData, data: EdgeDisplayData & Partial<TieLook>): void {
    this.array.set([from.x, from.y, to.x, to.y, data.size, data.dashed === true ? 1 : 0, data.naming ?? 0, floatColor(data.color), index], start)
  }

  override setUniforms(params: RenderParams, program: ProgramInfo): void {
    setUniforms(program, params)
  }
}
