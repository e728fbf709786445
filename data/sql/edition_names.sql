-- The deliveries of a build.
SELECT edition FROM edition;
