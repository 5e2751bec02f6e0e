-- The words of the full-text index, in their order, as FTS5 itself knows them: nothing is kept for it. The
-- beginning of a word is looked for by the words that begin so.
CREATE VIRTUAL TABLE message_fts_words USING fts5vocab (message_fts, instance);
