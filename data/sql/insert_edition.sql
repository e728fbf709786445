-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO edition BY NAME FROM incoming;
