"""Articles: the pieces that sources published."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed
from app.api.describe import lists, shows
from app.search.collections import ARTICLES
from app.search.nouns import ARTICLE_NOUN

router = APIRouter(prefix="/articles", tags=["articles"])


@router.get("", **lists(ARTICLES, "ArticlePage"))
async def list_articles(request: Request) -> Response:
    """Articles, last published first."""
    return await listed(request, ARTICLES)


@router.get("/{id}", **shows("Article"))
async def get_article(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One article, by id or key."""
    return await found(request, ARTICLE_NOUN, id)
