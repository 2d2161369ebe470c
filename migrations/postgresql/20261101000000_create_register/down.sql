DROP TABLE audit;
DROP TABLE recognition_events;
DROP TABLE recognitions;
DROP TABLE products;
DROP TABLE producers;
DROP TABLE authorities;
