"""Sample clips of a rendered person with their exact truth, and the program that renders them."""
