// A dressed person: colours cut where the fields of the clothes cross zero.
in vec3 lit;
in vec3 sheen;
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
    picture = vec4(sqrt((colour * lit + sheen) / BRIGHTEST), 1.0);
}
