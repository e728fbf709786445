-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO region BY NAME FROM incoming;
