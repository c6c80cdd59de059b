# Usage: Rscript nested_lme4.R nested|deep FILE. Two or three nested levels; lme4 offers one node (Laplace) only. Prints the seconds of the fit alone, and the estimates.
suppressMessages(library(lme4))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[2])
formula <- if (arguments[1] == "deep") y ~ x + (1 | hospital / ward / patient) else y ~ x + (1 | hospital / ward)
seconds <- system.time(fit <- suppressWarnings(glmer(formula, data, binomial)))[["elapsed"]]
cat("seconds", seconds, "estimates", sprintf("%.8f", fixef(fit)), "\n")
