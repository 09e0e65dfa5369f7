// The part of the floor that one person may darken.
uniform mat4 to_clip_space;
uniform vec2 corners[4];
uniform int person;
uniform float span_m;

void main() {
    vec2 at = corners[person] + span_m * vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = to_clip_space * vec4(at, 0.0, 1.0);
}
