#version 330
uniform mat4 to_shadow;
in vec3 in_place;

void main() {
    gl_Position = to_shadow * vec4(in_place, 1.0);
}
