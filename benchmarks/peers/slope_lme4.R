# Usage: Rscript slope_lme4.R FILE. Random intercept and slope; lme4 offers one node (Laplace) only. Prints the seconds of the fit alone, and the estimates.
suppressMessages(library(lme4))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1])
seconds <- system.time(fit <- suppressWarnings(glmer(y ~ trt * time + x1 + x2 + (time | id), data, binomial)))[["elapsed"]]
cat("seconds", seconds, "estimates", sprintf("%.8f", fixef(fit)), "\n")
