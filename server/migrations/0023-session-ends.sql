-- How often sessions were ended, so that every server sees that some were, whatever its clock says.
CREATE TABLE session_ends (
  scope TEXT NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
INSERT INTO session_ends (scope, number) VALUES ('all', 0);
DROP INDEX sessions_by_revocation;
