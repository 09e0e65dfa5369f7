// The room without people.
uniform sampler2D ambient;
uniform sampler2D direct;
out vec4 picture;

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    picture = vec4(stored(texelFetch(ambient, at, 0).rgb + texelFetch(direct, at, 0).rgb), 1.0);
}
