// How numbers are written is the same everywhere in the program.
global using MarginalConditional.Report.Wording;
