"""What is done with the body: the words of rules, the tracker that follows them, the judge of each repetition."""
