-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO outcome_study BY NAME FROM incoming;
