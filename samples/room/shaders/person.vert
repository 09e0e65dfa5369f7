#version 330
uniform mat4 to_clip_space;
in vec3 in_place;
in vec3 in_normal;
in vec4 in_garments;
in vec4 in_face;
out vec3 place;
out vec3 normal;
out vec4 garments;
out vec4 face;

void main() {
    place = in_place;
    normal = in_normal;
    garments = in_garments;
    face = in_face;
    gl_Position = to_clip_space * vec4(in_place, 1.0);
}
