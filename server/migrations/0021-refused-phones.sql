-- What phones were refused is forgotten within days: whoever scans a code may be refused as often as they like, and found by age alone, whatever ids they sent.
CREATE INDEX commands_refused_phones ON commands (at_ms)
  WHERE substr(answer, 1, 11) = '{"ok":false' AND substr(actor, 1, 4) = 'cus_'
