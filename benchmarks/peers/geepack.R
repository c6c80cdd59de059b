# Usage: Rscript geepack.R CORRELATION FILE [REPEATS]. Prints the median seconds of the fit alone, and the estimates.
suppressMessages(library(geepack))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[2])
repeats <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
seconds <- numeric(repeats)
for (i in seq_len(repeats)) {
  seconds[i] <- system.time(
    fit <- geeglm(y ~ trt * time + x1 + x2, id = id, data = data, family = binomial, corstr = arguments[1]))[["elapsed"]]
}
cat("seconds", median(seconds), "estimates", sprintf("%.8f", coef(fit)), "\n")
