"""The numbers in the news: who said which number about what, through whom, and which other numbers it contradicts."""

__version__ = "0.1.0"
