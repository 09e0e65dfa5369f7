uniform mat4 to_clip_space;
in vec3 in_place;

void main() {
    gl_Position = to_clip_space * vec4(in_place, 1.0);
}
