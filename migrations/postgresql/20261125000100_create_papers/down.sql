DROP TABLE paper_figures;
DROP TABLE papers;
