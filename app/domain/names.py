"""How names meet: one folded form whatever the case, the accents and the apostrophes."""

import unicodedata

SCRIPTLESS = "a name needs at least one letter or digit"

# Apostrophes and the soft sign's prime fall away rather than part a word: Lubinets', Rus', О'Ніл.
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʹ′`´\u00ad\u200b\u200c\u200d"))


def fold(name: str) -> str:
    """The form by which names are compared: case, accents, apostrophes and punctuation folded, words one space apart.

    "Дмитро Лубінець" keeps its script; what has no letter or digit folds to "".
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_DROPPED)).casefold()
    kept = "".join(
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join(kept.split())
