"""How far a text that was read is from the one that was written."""

from corpus.folding import fold


def character_errors(written: str, read: str) -> float:
    """Letters to change, add or take away, in per cent of those written; spaces and forms do not count."""
    wanted, got = ("".join(fold(text).text.split()) for text in (written, read))
    distances = list(range(len(got) + 1))
    for row, letter in enumerate(wanted, start=1):
        above, distances[0] = distances[0], row
        for column, other in enumerate(got, start=1):
            here = min(distances[column] + 1, distances[column - 1] + 1, above + (letter != other))
            above, distances[column] = distances[column], here
    return 100 * distances[-1] / len(wanted)
