// People onto the room.
uniform sampler2D cut_out;  // twice as fine as the picture
out vec4 picture;

void main() {
    ivec2 at = 2 * ivec2(gl_FragCoord.xy);
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 4; i++) {
        vec4 one = texelFetch(cut_out, at + ivec2(i & 1, i >> 1), 0);
        sum += vec4(one.rgb * one.rgb, one.a);
    }
    if (sum.a == 0.0) discard;
    picture = vec4(stored(BRIGHTEST * sum.rgb / sum.a), 1.0) * (0.25 * sum.a);
}
