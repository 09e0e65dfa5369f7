"""The catalogues of the languages: what is gathered for them, and whether they are whole."""
