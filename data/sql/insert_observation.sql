-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO observation BY NAME FROM incoming;
