// The room with the shadows of people on it.
uniform sampler2D ambient;
uniform sampler2D direct;
uniform sampler2D where;
uniform sampler2D crowded;  // light from above that people keep from the floor
uniform vec4 crowded_area;  // x, y of its corner; 1 / its width, 1 / its depth
out vec4 picture;

float uncrowded(vec3 place, float upward) {
    vec2 at = (place.xy - crowded_area.xy) * crowded_area.zw;
    if (upward < 0.7 || place.z > 0.15 || any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) return 1.0;
    return texture(crowded, at).r;
}

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    vec4 there = texelFetch(where, at, 0);
    vec3 light = texelFetch(ambient, at, 0).rgb * uncrowded(there.xyz, there.w);
    light += texelFetch(direct, at, 0).rgb * unshadowed(there.xyz, 0.006, 0.012);
    picture = vec4(stored(light), 1.0);
}
