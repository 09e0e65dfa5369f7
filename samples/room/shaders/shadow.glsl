// How much of the lamp people leave: the wider, the farther they are from what their shadow falls on.
uniform sampler2D shadow;
uniform mat4 to_shadow;
uniform vec3 shadow_size_m;  // what the map spans: across, along, deep

vec2 around(int i, float count, float turn) {
    float angle = turn + 2.39996 * float(i);
    return sqrt((float(i) + 0.5) / count) * vec2(cos(angle), sin(angle));
}

float unshadowed(vec3 place, float narrowest_m, float bias_m) {
    vec3 at = (to_shadow * vec4(place, 1.0)).xyz * 0.5 + 0.5;
    if (any(lessThan(at.xy, vec2(0.0))) || any(greaterThan(at.xy, vec2(1.0)))) return 1.0;
    float depth = at.z - bias_m / shadow_size_m.z;
    float turn = 6.283 * fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    vec2 widest = lamp_radius * min(depth * shadow_size_m.z, 2.0) / shadow_size_m.xy;
    float sum = 0.0, count = 0.0;
    for (int i = 0; i < 8; i++) {
        float blocker = texture(shadow, at.xy + widest * around(i, 8.0, turn)).r;
        if (blocker < depth) { sum += blocker; count += 1.0; }
    }
    if (count == 0.0) return 1.0;
    float wide_m = max(lamp_radius * (depth - sum / count) * shadow_size_m.z, narrowest_m);
    float lit = 0.0;
    for (int i = 0; i < 14; i++)
        lit += step(depth, texture(shadow, at.xy + wide_m / shadow_size_m.xy * around(i, 14.0, turn)).r);
    return lit / 14.0;
}
