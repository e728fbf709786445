-- Every value of every observation is read, so that damage anywhere in the table is met here and not on a page.
SELECT count(hash(o)) AS observations FROM observation AS o;
