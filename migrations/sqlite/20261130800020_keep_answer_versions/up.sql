-- The version of the thing that an answer tells of, where the answer says more than the thing. NULL: it is that of the text.

ALTER TABLE kept_answers ADD COLUMN version TEXT;
