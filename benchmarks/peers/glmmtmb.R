# Usage: Rscript glmmtmb.R FILE [REPEATS]. Random intercept, Laplace; prints the median seconds of the fit alone, and the estimates.
suppressMessages(library(glmmTMB))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1])
repeats <- if (length(arguments) > 1) as.integer(arguments[2]) else 1
seconds <- numeric(repeats)
for (i in seq_len(repeats)) {
  seconds[i] <- system.time(fit <- suppressWarnings(glmmTMB(y ~ trt * time + x1 + x2 + (1 | id), data, binomial)))[["elapsed"]]
}
cat("seconds", median(seconds), "estimates", sprintf("%.8f", fixef(fit)$cond), "\n")
