-- Every delivery that is loaded, the newest first.
SELECT * FROM edition ORDER BY publisher, published DESC, edition;
