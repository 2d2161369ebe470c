DROP TABLE printings;
DROP TABLE design_files;
DROP TABLE designs;
