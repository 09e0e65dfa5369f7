// Light on each vertex of a person, once a picture.
in vec3 in_place;
in vec3 in_normal;
in vec4 in_garments;
out vec3 lit;    // times the colour
out vec3 sheen;  // on top of it

void main() {
    float skin = step(max(max(in_garments.x, in_garments.y), max(in_garments.z, in_garments.w)), 0.0);
    vec3 up = normalize(in_normal), to_eye = normalize(eye - in_place);
    float facing = dot(up, lamp);
    float bright = facing > -0.25 ? unshadowed(in_place + up * 0.008, 0.022, 0.010) : 0.0;
    vec3 under = skin * vec3(0.22, 0.10, 0.06);  // light goes some way under the skin
    vec3 lamp_light = lamp_colour * reach(in_place) * bright;
    float crouched = mix(1.0, 0.5 + 0.5 * smoothstep(-0.02, 0.30, in_place.z), 0.5 - 0.5 * up.z);  // near the floor little comes from below
    float skim = pow(1.0 - max(dot(up, to_eye), 0.0), 3.0);
    float shine = pow(max(dot(up, normalize(to_eye + lamp)), 0.0), 22.0);
    bool glossy = skin > 0.5 || in_garments.w > 0.0;
    lit = sky_light(up) * crouched + lamp_light * max((facing + under) / (1.0 + under), 0.0);
    sheen = (glossy ? 0.07 : 0.015) * shine * lamp_light + (skin > 0.5 ? 0.05 : 0.03) * skim * sky_light(reflect(-to_eye, up)) * crouched;
}
