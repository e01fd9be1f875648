"""In which language a comment is: of languages that share small words with English and with each other."""

import pytest

from app.theming.triage.language import detect_language

COMMENTS = {
    "fr": (
        "Le centre-ville manque de parkings. La place est trop petite pour le marché du samedi.",
        "La bibliothèque est importante pour la culture. Ne fermez pas la bibliothèque.",
        "Je suis contre ce projet.",
    ),
    "es": ("El carril bici delante de la escuela es peligroso.",),
    "pt": ("Precisamos de mais árvores no parque e de passeios melhores.",),
    "de": ("Bitte schließen Sie die Bibliothek nicht.",),
    "cs": ("Potřebujeme více stromů v parku a lepší chodníky.",),
    "cy": ("Mae angen mwy o goed yn y parc a gwell palmentydd.",),
}
ENGLISH = (
    "Café culture, a pedestrian plaza, a tapas bar en route to the station.",
    "Les and Des are the traffic wardens at St Jean.",
    "Die hard fans of the park want it open at night.",
    "Plant more trees on Rue Street and in the Place de la Mare.",
    "Potholes everywhere, dog mess, litter, noise, vandalism.",
    "no no no no no no no",
)


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one, said in COMMENTS.items() for text in said]
)
def test_the_language_is_found(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_foreign_names_and_words_leave_it_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_a_french_quotation_leaves_it_english() -> None:
    said = (
        "My neighbour only says «la place est trop petite» but I think the square is big enough for us all."
    )

    assert detect_language(said) == "en"
