-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO indicator BY NAME FROM incoming;
