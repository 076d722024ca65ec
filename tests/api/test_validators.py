"""What lets a client keep an answer: a tag that stands for all that the answer depends on, and a time."""

from collections.abc import Iterator

import pytest

from app.api.formats import formats_of
from app.storage.engine import Database
from tests.api.client import Answer, Client, serving
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted

TARGETS = ["/claims?limit=3", "/claims/{claim}", "/entities/ann", "/events/day/timeline", "/conflicts", "/figures"]


@pytest.fixture
def served(database_url: str) -> Iterator[tuple[Database, Client]]:
    """Over one article of two claims; what is loaded after it comes later."""
    with opened(database_url) as database, serving(database_url) as client:
        load_bundles(database, bundle(article("a", claim("c", "102"), claim("d", "900"))))
        yield database, client


def test_what_a_client_has_is_not_sent_again(served: tuple[Database, Client]) -> None:
    database, client = served
    claim_id = client.get("/claims?limit=1").json["items"][0]["id"]
    for target in (one.format(claim=claim_id) for one in TARGETS):
        answer = client.get(target)
        assert answer.headers["etag"].startswith('W/"')
        assert answer.headers["cache-control"] == "no-cache"
        with counted(client.app.state.database.engine) as statements:
            again = client.get(target, **{"if-none-match": answer.headers["etag"]})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", answer.headers["etag"])
        assert len(statements) == 1
    before = {one: client.get(one.format(claim=claim_id)).headers["etag"] for one in TARGETS}
    load_bundles(database, bundle(article("b", claim("c", "300")), key="other"), now="2024-08-17T12:00:00Z")
    for target, tag in before.items():
        answer = client.get(target.format(claim=claim_id), **{"if-none-match": tag})
        assert (answer.status, answer.headers["etag"] != tag) == (200, True)


def test_a_tag_is_for_one_address_in_one_format(client: Client) -> None:
    targets = [f"/claims{form.suffix}?limit=1" for form in formats_of("claims")]
    answers = [*map(client.get, targets), client.get("/claims?limit=2")]
    answers += [client.get("/claims?limit=1&shape=array"), client.get("/events?limit=1")]
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags)) == len(tags) == len(formats_of("claims")) + 3
    for accept in ("text/csv", "application/ld+json"):
        assert client.get("/claims?limit=1", accept=accept, **{"if-none-match": tags[0]}).status == 200


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("{tag}", 304),
        ("{strong}", 304),
        ('"other", {tag}', 304),
        ('"other"\n{tag}\n"more"', 304),
        ('W/"other",{tag},"more"', 304),
        ("*", 304),
        (" * ", 304),
        ('"other"', 200),
        ('""', 200),
        ("", 200),
        ("{tag", 200),
        ("nonsense", 200),
    ],
)
def test_tags_are_read_as_they_are_listed(client: Client, wanted: str, status: int) -> None:
    tag = client.get("/claims?limit=1").headers["etag"]
    wanted = wanted.replace("{tag}", tag).replace("{strong}", tag.removeprefix("W/"))
    for method in ("GET", "HEAD"):
        answer = client.ask(method, "/claims?limit=1", **{"if-none-match": wanted})
        assert answer.status == status
        assert (answer.body == b"") == (status == 304 or method == "HEAD")


def since(client: Client, when: str, **headers: str) -> Answer:
    return client.get("/claims?limit=1", **{"if-modified-since": when, **headers})


def test_a_time_tells_too(client: Client) -> None:
    modified = client.get("/claims?limit=1").headers["last-modified"]
    assert modified == "Tue, 03 Sep 2024 12:30:00 GMT"
    assert since(client, modified).status == 304
    assert since(client, "Tue, 03 Sep 2024 12:29:59 GMT").status == 200
    assert since(client, "Wed, 04 Sep 2024 00:00:00 GMT").status == 304
    assert since(client, modified, **{"if-none-match": '"other"'}).status == 200
    for nonsense in ("yesterday", "", "2024-09-03", "Tue, 99 Sep 2024 12:30:00 GMT", "9" * 9999):
        assert since(client, nonsense).status == 200


def test_two_versions_of_one_second_are_not_told_apart_by_time(served: tuple[Database, Client]) -> None:
    database, client = served
    modified = client.get("/claims").headers["last-modified"]
    load_bundles(database, bundle(article("b", claim("c", "300")), key="other"))
    answer = client.get("/claims", **{"if-modified-since": modified})
    assert (answer.status, "last-modified" in answer.headers) == (200, False)
    load_bundles(database, bundle(article("e", claim("c", "300")), key="third"), now="2024-08-17T12:00:00Z")
    assert "last-modified" in client.get("/claims").headers


def test_another_policy_is_another_tag(served: tuple[Database, Client]) -> None:
    from app.domain.policy import DEFAULT_POLICY
    from app.storage.policies import put_in_force

    database, client = served
    tag = client.get("/conflicts").headers["etag"]
    with database.write() as connection:
        put_in_force(connection, DEFAULT_POLICY.with_changes({"version": 2}))
    answer = client.get("/conflicts", **{"if-none-match": tag})
    assert (answer.status, answer.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize("target", ["/claims/nothing", "/nowhere", "/claims?limit=0", "/events/nothing/timeline"])
def test_what_is_not_there_is_no_match(client: Client, target: str) -> None:
    for headers in ({"if-none-match": "*"}, {"if-modified-since": "Wed, 04 Sep 2030 00:00:00 GMT"}):
        answer = client.get(target, **headers)
        assert answer.status in (404, 422)
        assert "etag" not in answer.headers


@pytest.mark.parametrize("target", ["/livez", "/readyz", "/policy", "/problems/not-found", "/openapi.json"])
def test_what_depends_on_more_than_the_data_has_no_tag(client: Client, target: str) -> None:
    assert "etag" not in client.get(target).headers


def test_an_ordinary_read_takes_one_statement_more(served: tuple[Database, Client]) -> None:
    _, client = served
    for target, most in (("/claims", 2), ("/events/day", 2), ("/claims?entity=ann", 3), ("/claims.csv", 2)):
        with counted(client.app.state.database.engine) as statements:
            assert client.get(target).status == 200
        assert len(statements) == most
