// How much of the lamp people leave.
uniform sampler2D shadow;
uniform mat4 to_shadow;
uniform vec3 shadow_size_m;  // what the map spans: across, along, deep

float unshadowed(vec3 place, float soft_m, float bias_m) {
    const int TAPS = 12;
    vec3 at = (to_shadow * vec4(place, 1.0)).xyz * 0.5 + 0.5;
    if (any(lessThan(at.xy, vec2(0.0))) || any(greaterThan(at.xy, vec2(1.0)))) return 1.0;
    float depth = at.z - bias_m / shadow_size_m.z, lit = 0.0;
    vec2 soft = soft_m / shadow_size_m.xy;
    for (int i = 0; i < TAPS; i++) {
        float angle = 2.39996 * float(i), radius = sqrt((float(i) + 0.5) / float(TAPS));
        lit += step(depth, textureLod(shadow, at.xy + soft * radius * vec2(cos(angle), sin(angle)), 0.0).r);
    }
    return lit / float(TAPS);
}
