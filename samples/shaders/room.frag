#version 330
// Walls, floor and furniture; finish: 0 = plain, 1 = floor boards along y, 2 = plaster.
in vec3 place;
in vec3 normal;
in vec3 colour;
flat in int finish;
out vec4 picture;

vec3 shaded(vec3 colour, vec3 place, vec3 normal, float gloss);

float hash(vec2 p) {
    return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453);
}

float noise(vec2 p) {
    vec2 cell = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(cell), hash(cell + vec2(1, 0)), f.x), mix(hash(cell + vec2(0, 1)), hash(cell + vec2(1, 1)), f.x), f.y);
}

vec3 boards(vec2 p) {
    float row = floor(p.x / 0.14);
    float along = p.y / 1.3 + hash(vec2(row, 7.0));
    float shade = hash(vec2(row, floor(along)));
    float grain = noise(vec2(p.x * 90.0 + shade * 50.0, p.y * 5.0)) * 0.6 + noise(vec2(p.x * 30.0, p.y * 2.0 + shade * 9.0)) * 0.4;
    float gap = min(fract(p.x / 0.14), 1.0 - fract(p.x / 0.14)) * 0.14;
    float joint = min(fract(along), 1.0 - fract(along)) * 1.3;
    float width = max(fwidth(p.x), fwidth(p.y)) + 0.001;
    float seam = mix(1.0, smoothstep(0.0, 1.0, min(gap, joint) / width), 0.003 / max(width, 0.003));
    return colour * (0.8 + 0.3 * shade) * (0.85 + 0.25 * grain) * mix(0.45, 1.0, seam);
}

void main() {
    vec3 base = colour;
    float gloss = 0.0;
    if (finish == 1) { base = boards(place.xy); gloss = 0.05; }
    if (finish == 2) base *= 0.95 + 0.05 * noise(place.xz * 6.0) + 0.03 * noise(place.xz * 40.0);
    picture = vec4(shaded(base, place, normalize(normal), gloss), 1.0);
}
