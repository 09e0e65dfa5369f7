// What surfaces look like; numbers as in block.py's Finish. `p` and `n`: place and normal in the axes of the piece.
float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(vec2 p) {
    vec2 cell = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(cell), hash(cell + vec2(1, 0)), f.x), mix(hash(cell + vec2(0, 1)), hash(cell + vec2(1, 1)), f.x), f.y);
}

float rough(vec2 p) { return 0.5 * noise(p) + 0.3 * noise(p * 2.1 + 7.0) + 0.2 * noise(p * 4.3 + 3.0); }

float seam(float from_edge, float wide, float pixel) {
    float seen = max(wide, pixel);
    return mix(1.0, smoothstep(0.0, seen, from_edge), wide / seen);
}

vec3 boards(vec3 colour, vec2 p, float pixel) {
    float row = floor(p.x / 0.16);
    float along = p.y / 1.6 + hash(vec2(row, 7.0));
    float shade = hash(vec2(row, floor(along)));
    float grain = 0.6 * noise(vec2(p.x * 90.0 + shade * 50.0, p.y * 4.0)) + 0.4 * noise(vec2(p.x * 24.0, p.y * 1.6 + shade * 9.0));
    float gap = min(fract(p.x / 0.16), 1.0 - fract(p.x / 0.16)) * 0.16;
    float joint = min(fract(along), 1.0 - fract(along)) * 1.6;
    vec3 warm = mix(vec3(1.0), vec3(1.06, 1.0, 0.9), shade);
    return colour * warm * (0.82 + 0.3 * shade) * (0.84 + 0.3 * grain) * mix(0.45, 1.0, seam(min(gap, joint), 0.004, pixel));
}

vec3 tiles(vec3 colour, vec2 p, float pixel) {
    vec2 cell = floor(p / 0.45), f = fract(p / 0.45);
    vec2 edge = min(f, 1.0 - f) * 0.45;
    float cloud = rough(p * 5.0 + hash(cell) * 40.0);
    return mix(vec3(0.42, 0.40, 0.37), colour * (0.85 + 0.1 * hash(cell) + 0.18 * cloud), seam(min(edge.x, edge.y), 0.006, pixel));
}

vec3 books(vec2 p) {
    float along = p.x / 0.038 + 0.35 * noise(vec2(p.x * 9.0, 1.0));
    float book = floor(along), shelf = floor(p.y / 0.32);
    float pick = hash(vec2(book, shelf)), tall = 0.72 + 0.28 * hash(vec2(book, shelf + 9.0));
    vec3 cover = 0.5 + 0.5 * cos(6.283 * (pick + vec3(0.0, 0.18, 0.42)));
    cover = mix(vec3(dot(cover, vec3(0.33))), cover, 0.45) * mix(0.06, 0.55, hash(vec2(book, shelf + 3.0)));
    float edge = min(fract(along), 1.0 - fract(along));
    float up = fract(p.y / 0.32);
    if (abs(up / tall - 0.75) < 0.06 && pick > 0.4) cover = mix(cover, vec3(0.7, 0.62, 0.45), 0.6);
    return mix(vec3(0.015), cover, smoothstep(0.0, 0.12, edge) * step(up, tall * 0.92));
}

vec3 outdoors(vec2 p) {  // blurred: sky over trees
    float tree = smoothstep(-0.12, 0.12, 1.45 + 0.25 * noise(vec2(p.x * 3.0, 4.0)) - p.y);
    vec3 sky = mix(vec3(1.0, 1.0, 1.0), vec3(0.72, 0.86, 1.0), smoothstep(1.4, 2.4, p.y));
    return mix(sky, vec3(0.20, 0.27, 0.14) * (0.6 + 0.8 * rough(p * 4.0)), 0.85 * tree);
}

vec3 print_of(vec3 colour, vec2 p) {
    float hill = 0.11 * noise(vec2(p.x * 5.0 + colour.r * 40.0, 2.0)), near = 0.08 * noise(vec2(p.x * 9.0, 8.0));
    float up = fract(p.y * 1.0);
    vec3 far_hill = mix(colour, vec3(0.5), 0.25);
    vec3 drawn = mix(vec3(0.62, 0.55, 0.45), vec3(0.66, 0.66, 0.62), up);
    drawn = mix(drawn, far_hill, smoothstep(0.01, -0.01, p.y - 1.58 - hill));
    return mix(drawn, colour * 0.5, smoothstep(0.01, -0.01, p.y - 1.46 - near));
}

// Colour of the surface; `pixel` = how wide a pixel is there, metres.
vec3 surface(int finish, vec3 colour, vec3 p, inout vec3 n, float pixel, out float gloss) {
    vec3 side = abs(n);
    vec2 at = side.z > 0.7 ? p.xy : (side.x > side.y ? p.yz : p.xz);
    gloss = 0.02;
    if (finish == 1) {
        vec2 grain = at.x * 1.0 > 0.0 ? at : at + 50.0;
        gloss = 0.06;
        return colour * (0.78 + 0.30 * noise(vec2(grain.x * 5.0, grain.y * 90.0)) + 0.16 * noise(vec2(grain.x * 1.5, grain.y * 22.0)));
    }
    if (finish == 2) {
        float fade = clamp(0.004 / pixel, 0.0, 1.0);
        return colour * (0.86 + 0.14 * rough(at * 14.0) + fade * 0.22 * (noise(at * 260.0) - 0.5) + 0.10 * noise(at * 3.0));
    }
    if (finish == 3) return colour * (0.92 + 0.10 * noise(at * 9.0) + 0.12 * (noise(at * 150.0) - 0.5));
    if (finish == 4) return colour * (0.955 + 0.03 * rough(at * 5.0) + 0.025 * noise(at * 60.0));
    if (finish == 5) { gloss = 0.10; return boards(colour, p.xy, pixel); }
    if (finish == 6) {
        vec2 q = p.xy + 0.012 * vec2(noise(p.xy * 40.0), noise(p.yx * 40.0 + 9.0));
        return colour * (0.72 + 0.30 * rough(q * 26.0) + 0.22 * noise(q * 140.0) + 0.08 * rough(p.xy * 2.0));
    }
    if (finish == 7) { gloss = 0.14; return tiles(colour, p.xy, pixel); }
    if (finish == 8) return side.y > 0.7 ? books(vec2(p.x + colour.r * 31.0, p.z - 0.04)) : colour;
    if (finish == 9) return print_of(colour, p.xz);
    if (finish == 12) return colour * (0.8 + 0.4 * hash(floor(p.xy * 7.0))) * (0.85 + 0.3 * noise(p.xz * 60.0));
    if (finish == 13) {
        float fold = p.x * 52.0 + 2.2 * noise(vec2(p.x * 4.0, p.z * 0.7));
        n = normalize(n + vec3(0.75 * cos(fold), 0.0, 0.0));
        return colour * (0.80 + 0.20 * sin(fold)) * (0.95 + 0.08 * noise(at * 200.0));
    }
    if (finish == 14) gloss = 0.35;
    return colour * (0.97 + 0.05 * noise(at * 12.0));
}
