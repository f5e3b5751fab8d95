-- With which pepper the hashes in this database were made, so that a start with another one is noticed.
CREATE TABLE pepper_mark (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  mark TEXT NOT NULL
);
