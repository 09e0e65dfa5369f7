// Light of the room: one wide lamp or window, and what walls and sky send back from all sides.
uniform vec3 eye;
uniform vec3 lamp;  // direction towards it
uniform vec3 lamp_colour;
uniform float lamp_radius;  // tangent of half its width
uniform vec3 lamp_place;
uniform vec3 sky_colour;
uniform vec3 ground_colour;

vec3 sky_light(vec3 along) {
    float toward = 0.75 + 0.35 * dot(along, normalize(vec3(lamp.xy, 0.3)));
    return mix(ground_colour, sky_colour, smoothstep(-0.6, 0.7, along.z)) * toward;
}

// The lamp is not infinitely far away: what is nearer to it is brighter.
float reach(vec3 place) {
    vec3 off = (lamp_place - place) / 3.5;
    return 2.0 / (1.0 + dot(off, off));
}
