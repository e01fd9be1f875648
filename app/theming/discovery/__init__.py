"""Discovery: themes that a question's comments propose, before there is a frame."""
