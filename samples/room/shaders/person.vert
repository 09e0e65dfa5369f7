uniform mat4 to_clip_space;
in vec3 in_place;
in vec3 in_lit;
in vec3 in_sheen;
in vec4 in_garments;
in vec4 in_face;
out vec3 lit;
out vec3 sheen;
out vec4 garments;
out vec4 face;

void main() {
    lit = in_lit;
    sheen = in_sheen;
    garments = in_garments;
    face = in_face;
    gl_Position = to_clip_space * vec4(in_place, 1.0);
}
