// A dressed person: colours cut where the fields of the clothes cross zero.
in vec3 place;
in vec3 normal;
in vec4 garments;  // shirt, trousers, shoes, hair
in vec4 face;      // eye white, iris, brows, lips
uniform vec3 colours[6];  // skin, lips, hair, shirt, trousers, shoes
out vec4 picture;

// How much of the pixel lies inside a field.
float inside(float field) {
    return clamp(field / max(fwidth(field), 1e-6) + 0.5, 0.0, 1.0);
}

void main() {
    vec3 colour = colours[0];
    colour = mix(colour, colours[1], inside(face.w));
    colour = mix(colour, colours[2], 0.85 * inside(face.z));
    colour = mix(colour, vec3(0.5), inside(face.x));
    colour = mix(colour, vec3(0.05, 0.03, 0.02), inside(face.y));
    colour = mix(colour, colours[2], inside(garments.w));
    colour = mix(colour, colours[5], inside(garments.z));
    colour = mix(colour, colours[4], inside(garments.y));
    colour = mix(colour, colours[3], inside(garments.x));
    float dressed = max(max(garments.x, garments.y), garments.z);
    float skin = 1.0 - inside(max(dressed, garments.w));
    vec3 up = normalize(normal), to_eye = normalize(eye - place);
    float facing = dot(up, lamp);
    float bright = facing > -0.25 ? unshadowed(place + up * 0.010, 0.018, 0.010) : 0.0;
    vec3 soft = max((facing + skin * vec3(0.22, 0.10, 0.06)) / (1.0 + skin * vec3(0.22, 0.10, 0.06)), 0.0);
    float low = mix(1.0, 0.55 + 0.45 * smoothstep(-0.02, 0.30, place.z), 0.5 - 0.5 * up.z);  // near the floor little comes from below
    vec3 light = sky_light(up) * low;
    light += lamp_colour * reach(place) * bright * soft;
    float skim = pow(1.0 - max(dot(up, to_eye), 0.0), 3.0);
    float shine = pow(max(dot(up, normalize(to_eye + lamp)), 0.0), 22.0);
    vec3 seen = colour * light;
    seen += (skin > 0.5 || garments.w > 0.0 ? 0.07 : 0.015) * shine * bright * lamp_colour * reach(place);
    seen += (skin > 0.5 ? 0.05 : 0.03) * skim * sky_light(reflect(-to_eye, up)) * low;
    picture = vec4(stored(seen), 1.0);
}
