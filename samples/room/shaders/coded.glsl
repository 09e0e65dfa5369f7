// Light is kept as its square root, so that a byte is enough.
const float BRIGHTEST = 4.0;
