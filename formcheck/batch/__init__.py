"""Many recordings: which they are, what is done with each, who does it, and what came of all."""
