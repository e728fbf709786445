-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO transition BY NAME FROM incoming;
