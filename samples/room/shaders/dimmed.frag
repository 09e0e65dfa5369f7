// The room where people keep light from it.
uniform sampler2D ambient;
uniform sampler2D direct;
uniform sampler2D where;
uniform sampler2D kept;   // for each person, side by side: how much of the lamp, how much from all around reaches the floor
uniform vec2 corners[4];  // where on the floor each of these begins
uniform int people;
uniform float span_m;
uniform bool of_floor;
const float FLOOR_M = 0.03;  // a mat is floor
out vec4 picture;

vec2 left_on_floor(vec3 place) {
    vec2 left = vec2(1.0);
    for (int i = 0; i < people; i++) {
        vec2 at = clamp((place.xy - corners[i]) / span_m, 0.0, 1.0);
        left *= textureLod(kept, vec2((at.x + float(i)) / float(people), at.y), 0.0).rg;
    }
    return left;
}

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    vec4 there = texelFetch(where, at, 0);
    if ((there.w > 0.7 && there.z < FLOOR_M) != of_floor) discard;
    vec2 left = of_floor ? left_on_floor(there.xyz) : vec2(unshadowed(there.xyz, 0.03, 0.012), 1.0);
    picture = vec4(stored(texelFetch(ambient, at, 0).rgb * left.y + texelFetch(direct, at, 0).rgb * left.x), 1.0);
}
