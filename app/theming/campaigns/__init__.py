"""Campaigns: near-identical texts sent by several people, and what each sender wrote of their own."""
