// Light of a room: two lamps with soft shadows, and light from all sides.
const int LAMPS = 2;
const int TAPS = 24;
uniform vec3 eye;
uniform mat4 lamp_view[LAMPS];
uniform vec3 lamp_direction[LAMPS];  // towards the lamp
uniform vec3 lamp_colour[LAMPS];
uniform float lamp_softness[LAMPS];
uniform sampler2DShadow shadow_0;
uniform sampler2DShadow shadow_1;

float lit_at(int lamp, vec3 point) {
    return lamp == 0 ? texture(shadow_0, point) : texture(shadow_1, point);
}

float lit(int lamp, vec3 place, vec3 normal) {
    vec3 at = (lamp_view[lamp] * vec4(place + normal * 0.012, 1.0)).xyz * 0.5 + 0.5;
    if (any(lessThan(at, vec3(0.0))) || any(greaterThan(at, vec3(1.0)))) return 1.0;
    float sum = 0.0;
    for (int i = TAPS - 1; i >= 0; i--) {
        if (i == TAPS - 9 && (sum == 0.0 || sum == 8.0)) return sum / 8.0;  // the outer ring agrees: no edge nearby
        float radius = sqrt((float(i) + 0.5) / TAPS) * lamp_softness[lamp];
        float angle = float(i) * 2.39996;
        sum += lit_at(lamp, at + vec3(radius * cos(angle), radius * sin(angle), -0.0008));
    }
    return sum / TAPS;
}

vec3 shaded(vec3 colour, vec3 place, vec3 normal, float gloss) {
    vec3 sky = vec3(0.40, 0.42, 0.45), ground = vec3(0.24, 0.20, 0.17);
    vec3 sum = colour * mix(ground, sky, normal.z * 0.5 + 0.5);
    vec3 to_eye = normalize(eye - place);
    for (int lamp = 0; lamp < LAMPS; lamp++) {
        float facing = max(dot(normal, lamp_direction[lamp]), 0.0);
        float bright = facing > 0.0 ? lit(lamp, place, normal) : 0.0;
        float shine = pow(max(dot(normal, normalize(to_eye + lamp_direction[lamp])), 0.0), 24.0);
        sum += lamp_colour[lamp] * bright * (colour * facing + gloss * shine);
    }
    sum = sum / (1.0 + 0.25 * sum);
    return pow(clamp(sum, 0.0, 1.0), vec3(1.0 / 2.2));
}
