"""As what a claim concerns an entity: the bits of `claim_entity.roles`."""

SPEAKER, SUBJECT, PARTICIPANT, VIA = 1, 2, 4, 8
ROLES = {"speaker": SPEAKER, "subject": SUBJECT, "participant": PARTICIPANT, "via": VIA}
"""The bits by name, in the order in which records list them."""
