#version 330
// A dressed person: colours cut where the fields of the clothes cross zero.
in vec3 place;
in vec3 normal;
in vec4 garments;  // shirt, trousers, shoes, hair
in vec4 face;      // eye white, iris, brows, lips
uniform vec3 colours[6];  // skin, lips, hair, shirt, trousers, shoes
out vec4 picture;

vec3 shaded(vec3 colour, vec3 place, vec3 normal, float gloss);

void main() {
    vec3 colour = colours[0];
    float gloss = 0.06;
    if (face.w > 0.0) colour = mix(colour, colours[1], clamp(face.w * 300.0, 0.0, 1.0));
    if (face.z > 0.0) colour = mix(colour, colours[2], clamp(face.z * 300.0, 0.0, 0.85));
    if (face.x > 0.0) colour = vec3(0.5);
    if (face.y > 0.0) colour = vec3(0.05, 0.03, 0.02);
    if (garments.w > 0.0) { colour = colours[2]; gloss = 0.10; }
    if (garments.z > 0.0) { colour = colours[5]; gloss = 0.05; }
    if (garments.y > 0.0) { colour = colours[4]; gloss = 0.04; }
    if (garments.x > 0.0) { colour = colours[3]; gloss = 0.02; }
    picture = vec4(shaded(colour, place, normalize(normal), gloss), 1.0);
}
