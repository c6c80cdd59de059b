# Usage: Rscript lme4.R NODES FILE [REPEATS]. Random intercept; prints the median seconds of the fit alone, and the estimates.
suppressMessages(library(lme4))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[2])
repeats <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
seconds <- numeric(repeats)
for (i in seq_len(repeats)) {
  seconds[i] <- system.time(
    fit <- suppressWarnings(glmer(y ~ trt * time + x1 + x2 + (1 | id), data, binomial, nAGQ = as.integer(arguments[1]))))[["elapsed"]]
}
cat("seconds", median(seconds), "estimates", sprintf("%.8f", fixef(fit)), "\n")
