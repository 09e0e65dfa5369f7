uniform mat4 to_clip_space;
in vec3 in_place;
in vec3 in_normal;
in vec3 in_own_place;
in vec3 in_own_normal;
in vec3 in_colour;
in float in_finish;
out vec3 place;
out vec3 normal;
out vec3 own_place;
out vec3 own_normal;
out vec3 colour;
flat out int finish;

void main() {
    place = in_place;
    normal = in_normal;
    own_place = in_own_place;
    own_normal = in_own_normal;
    colour = in_colour;
    finish = int(in_finish + 0.5);
    gl_Position = to_clip_space * vec4(in_place, 1.0);
}
