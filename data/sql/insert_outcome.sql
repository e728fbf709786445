-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO outcome BY NAME FROM incoming;
