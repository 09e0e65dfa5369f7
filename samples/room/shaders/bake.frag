// The room without people, lit by casting rays among its boxes. People cast their shadow on `direct` later.
in vec3 place;
in vec3 normal;
in vec3 own_place;
in vec3 own_normal;
in vec3 colour;
flat in int finish;
layout(location = 0) out vec4 ambient;  // light that people hardly keep away
layout(location = 1) out vec4 direct;   // light of the lamp
layout(location = 2) out vec4 where;    // place; w: how far it looks up

const int BOXES = 72;
uniform vec3 box_low[BOXES];
uniform vec3 box_high[BOXES];
uniform vec3 box_colour[BOXES];
uniform ivec3 box_ends;  // furniture until .x, walls and floor until .y (both in the room's axes), props until .z
uniform mat3 to_room;
uniform float pixel_angle;
uniform vec3 glow_place;
uniform vec3 glow_colour;
uniform float daylight;
const int SKY_RAYS = 10, LAMP_RAYS = 5;

float met(vec3 start, vec3 inverse, int i) {  // how far away the ray enters the box, or 1e9
    vec3 a = (box_low[i] - start) * inverse, b = (box_high[i] - start) * inverse;
    vec3 near = min(a, b), far = max(a, b);
    float enters = max(max(near.x, near.y), near.z), leaves = min(min(far.x, far.y), far.z);
    return enters > 0.002 && enters < leaves ? enters : 1e9;
}

bool hidden(vec3 start, vec3 along) {
    vec3 room_start = to_room * start, room_inverse = 1.0 / (to_room * along), inverse = 1.0 / along;
    for (int i = 0; i < box_ends.x; i++) if (met(room_start, room_inverse, i) < 1e8) return true;
    for (int i = box_ends.y; i < box_ends.z; i++) if (met(start, inverse, i) < 1e8) return true;
    return false;
}

// Light that comes along a ray from what is nearby, or from the far end of the room.
vec3 arriving(vec3 start, vec3 along) {
    vec3 room_start = to_room * start, room_inverse = 1.0 / (to_room * along), inverse = 1.0 / along;
    float nearest = 1e9;
    int which = 0;
    for (int i = 0; i < box_ends.z; i++) {
        float far = i < box_ends.y ? met(room_start, room_inverse, i) : met(start, inverse, i);
        if (far < nearest) { nearest = far; which = i; }
    }
    float open = smoothstep(0.0, 1.3, nearest);
    vec3 sky = sky_light(along);
    return mix(box_colour[which] * 0.45 * sky_colour, sky, open);
}

void main() {
    vec3 n = own_normal;
    float gloss, pixel = pixel_angle * distance(eye, place);
    vec3 base = surface(finish, colour, own_place, n, pixel, gloss);
    vec3 up = normalize(normal + (n - own_normal));
    vec3 aside = normalize(cross(up, abs(up.z) < 0.9 ? vec3(0, 0, 1) : vec3(1, 0, 0))), other = cross(up, aside);
    vec3 start = place + normal * 0.004;
    float turn = 6.283 * fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    vec3 around = vec3(0.0);
    for (int i = 0; i < SKY_RAYS; i++) {
        float share = (float(i) + 0.5) / float(SKY_RAYS), angle = turn + 2.39996 * float(i);
        around += arriving(start, sqrt(share) * (cos(angle) * aside + sin(angle) * other) + sqrt(1.0 - share) * up);
    }
    around /= float(SKY_RAYS);
    float bright = 0.0;
    float facing = max(dot(up, lamp), 0.0);
    if (facing > 0.0 && dot(normal, lamp) > 0.0) {
        vec3 right = normalize(cross(lamp, vec3(0, 0, 1))), high = cross(right, lamp);
        for (int i = 0; i < LAMP_RAYS; i++) {
            float radius = lamp_radius * sqrt((float(i) + 0.5) / float(LAMP_RAYS)), angle = turn + 2.39996 * float(i);
            if (!hidden(start, normalize(lamp + radius * (cos(angle) * right + sin(angle) * high)))) bright += 1.0;
        }
        bright /= float(LAMP_RAYS);
    }
    vec3 to_glow = glow_place - place;
    float glow = max(dot(up, normalize(to_glow)), 0.0) / (0.08 + dot(to_glow, to_glow));
    vec3 to_eye = normalize(eye - place);
    float skim = pow(1.0 - max(dot(up, to_eye), 0.0), 4.0);
    float shine = pow(max(dot(up, normalize(to_eye + lamp)), 0.0), 40.0);
    vec3 mirrored = reflect(-to_eye, up);
    ambient.rgb = base * (around + glow_colour * glow) + gloss * (0.3 + 2.0 * skim) * sky_light(mirrored);
    direct.rgb = lamp_colour * reach(place) * bright * (base * facing + gloss * shine);
    if (finish == 10) { ambient.rgb = outdoors(own_place.xz) * mix(vec3(0.012, 0.02, 0.045), vec3(1.9), daylight); direct.rgb = vec3(0.0); }
    if (finish == 11) { ambient.rgb += colour * glow_colour * 4.0; }
    ambient.a = direct.a = 1.0;
    where = vec4(place, normal.z);
}
