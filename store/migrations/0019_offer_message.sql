-- What a person was asked with, so that its buttons go once the offer is settled.
ALTER TABLE offers ADD COLUMN message_row BIGINT;
