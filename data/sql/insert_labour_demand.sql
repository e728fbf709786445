-- The rows of a build, from the frame registered as `incoming`.
INSERT INTO labour_demand BY NAME FROM incoming;
