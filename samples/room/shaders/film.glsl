// What a camera makes of light.
uniform float exposure;
uniform vec2 picture_size;

// Lens falls off to the corners, filmic shoulder, sRGB.
vec3 stored(vec3 light) {
    vec2 off = gl_FragCoord.xy / picture_size - 0.5;
    vec3 x = light * exposure * (1.0 - 0.45 * dot(off, off));
    x = clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0);
    return pow(x, vec3(1.0 / 2.2));
}
