-- The first day of a recognition, where that is not the day of its signature; and the day on which the decision was signed
-- that suspended, reinstated or revoked one. NULL in rows of earlier releases: then the day of signature, and not known.
ALTER TABLE recognitions ADD COLUMN effective_on DATE;
ALTER TABLE recognition_events ADD COLUMN signed_on DATE;
UPDATE recognition_events SET signed_on = (
    SELECT max(judgements.signed_on)
    FROM judgements
    JOIN judged_recognitions ON judged_recognitions.judgement_id = judgements.id
    WHERE judged_recognitions.recognition_id = recognition_events.recognition_id
        AND judgements.kind = recognition_events.kind
        AND judgements.number = recognition_events.decision_number
        AND judgements.effective_on = recognition_events.effective_on
);
