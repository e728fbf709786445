-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO notice BY NAME FROM incoming;
