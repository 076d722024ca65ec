"""What a claim shows, as SQL written out by hand: for the yardstick and for Datasette."""

COLUMNS = """claim.public_id, claim.kind, claim.statement, claim.text, claim.low, claim.high, claim.as_of_edtf,
    claim.status, claim.n_conflicts, article.public_id, article.title, article.url, source.public_id, source.name,
    event.public_id, event.title, speaker.public_id, speaker.name"""
JOINS = """JOIN article ON article.id = claim.article_id JOIN source ON source.id = claim.source_id
    LEFT JOIN event ON event.id = claim.event_id LEFT JOIN entity AS speaker ON speaker.id = claim.speaker_id"""
BY_ALIAS = "SELECT entity_id FROM entity_name WHERE folded = ? LIMIT 1"
OF_ENTITY = f"""SELECT {COLUMNS} FROM claim_entity JOIN claim ON claim.number = claim_entity.number {JOINS}
    WHERE claim_entity.entity_id = ? AND claim.withdrawn_at IS NULL ORDER BY claim_entity.number DESC LIMIT 50"""
BY_ID = f"SELECT {COLUMNS} FROM claim {JOINS} WHERE claim.public_id = ?"
NAMES = [column.strip().replace(".", "_") for column in COLUMNS.split(",")]
