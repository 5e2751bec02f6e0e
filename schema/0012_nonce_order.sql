-- Nonces that begin with the time, as our client's do, lie beside each other in this order: a batch writes a page
-- or two of them, not one for each sender.
CREATE TABLE nonce_in_order (
    nonce TEXT NOT NULL,
    person INTEGER NOT NULL,
    command TEXT NOT NULL,
    object INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (nonce, person)
) STRICT, WITHOUT ROWID;
INSERT INTO nonce_in_order SELECT nonce, person, command, object, seq, at FROM nonce;
DROP TABLE nonce;
ALTER TABLE nonce_in_order RENAME TO nonce;
CREATE INDEX nonce_by_age ON nonce (at);
