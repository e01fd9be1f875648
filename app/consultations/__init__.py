"""Setting up, opening and closing; documents, sections, passages, questions and stages."""
