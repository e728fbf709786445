SELECT count(*) AS observations FROM observation;
