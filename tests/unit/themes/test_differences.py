from app.themes.differences import differences


def test_a_difference_gives_back_both_texts() -> None:
    changes = differences("Save the bus. It is late.", "Please save the bus now. It is late!")

    assert "".join(c.text for c in changes if c.kind != "removed") == "Please save the bus now. It is late!"
    assert [c.text for c in changes if c.kind == "removed"] == ["bus. ", "late."]
