// Light of the room: one wide lamp or window, and what walls and sky send back from all sides.
uniform vec3 eye;
uniform vec3 lamp;  // direction towards it
uniform vec3 lamp_colour;
uniform float lamp_radius;  // tangent of half its width
uniform vec3 lamp_place;
uniform vec3 sky_colour;
uniform vec3 ground_colour;
uniform float exposure;
uniform vec2 picture_size;

vec3 sky_light(vec3 along) {
    float toward = 0.75 + 0.35 * dot(along, normalize(vec3(lamp.xy, 0.3)));
    return mix(ground_colour, sky_colour, smoothstep(-0.6, 0.7, along.z)) * toward;
}

// The lamp is not infinitely far away: what is nearer to it is brighter.
float reach(vec3 place) {
    vec3 off = (lamp_place - place) / 3.5;
    return 2.0 / (1.0 + dot(off, off));
}

// As a camera stores it: lens falls off to the corners, filmic shoulder, sRGB.
vec3 stored(vec3 light) {
    vec2 off = gl_FragCoord.xy / picture_size - 0.5;
    vec3 x = light * exposure * (1.0 - 0.45 * dot(off, off));
    x = clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0);
    return pow(x, vec3(1.0 / 2.2));
}
