-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO remembered_cell BY NAME FROM incoming;
