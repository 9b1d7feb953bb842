-- Ids a channel had before its platform gave it another. What was recorded under them stays so (the chain holds
-- it), and is looked for under the present one as well; each row names the present id.
CREATE TABLE former_channels (
    adapter TEXT NOT NULL,
    formerly TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (adapter, formerly)
);
CREATE INDEX former_channels_by_channel ON former_channels (adapter, channel);
