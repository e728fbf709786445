"""How readers see numbers, times and rows of words: the only writer of them, for every layer that speaks."""
