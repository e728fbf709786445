-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO experiment BY NAME FROM incoming;
