"""Write the files that are made anew."""

from clients.generator.files import FOLDER, made

for name, text in made().items():
    (FOLDER / name).write_text(text, encoding="utf-8")
